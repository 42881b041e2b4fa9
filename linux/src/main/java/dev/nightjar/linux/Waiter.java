package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;

/**
 * Waits in {@code poll} for a descriptor, and can be woken by another thread through an eventfd. Interrupting a thread does
 * nothing to a call it is in, hence this.
 */
final class Waiter implements AutoCloseable {
    static final int EFD_CLOEXEC = 0x80000;
    static final int EFD_NONBLOCK = 0x800;

    private final Descriptor awaited;
    private final short events;
    private final Descriptor wakes;
    private final String name;
    private boolean closed;

    /**
     * Takes over the descriptor, also when this fails.
     *
     * @param name what messages call it
     */
    Waiter(int awaited, short events, String name) throws LinuxException {
        this.awaited = new Descriptor(awaited);
        this.events = events;
        this.name = name;
        int fd = EventCalls.eventfd(Scratch.get(), EFD_CLOEXEC | EFD_NONBLOCK);
        if (fd < 0) {
            this.awaited.close();
            throw LinuxException.of("eventfd", name, -fd);
        }
        this.wakes = new Descriptor(fd);
    }

    int fd() {
        return awaited.fd();
    }

    /** Whether the descriptor is ready. False after the time, and at once after {@link #wake}. */
    boolean await(long timeoutMillis) throws LinuxException {
        return poll(timeoutMillis, true);
    }

    /** Waits for {@link #wake} alone; whether it was called. */
    boolean pause(long timeoutMillis) throws LinuxException {
        return poll(timeoutMillis, false);
    }

    private boolean poll(long timeoutMillis, boolean forDescriptor) throws LinuxException {
        Scratch s = Scratch.get();
        MemorySegment array = s.struct;
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMillis);
        while (true) {
            PollLayout.fill(array, 0, wakes.fd(), PollLayout.POLLIN);
            PollLayout.fill(array, 1, awaited.fd(), events);
            int ready = EventCalls.poll(s, array, forDescriptor ? 2 : 1, remaining(timeoutMillis, deadline));
            if (ready >= 0) {
                boolean woken = PollLayout.isReady(array, 0);
                boolean descriptorReady = forDescriptor && PollLayout.isReady(array, 1);
                if (woken) {
                    FileCalls.read(s, wakes.fd(), array, Long.BYTES);
                }
                return forDescriptor ? descriptorReady && !woken : woken;
            }
            if (ready != -Errno.EINTR) {
                throw LinuxException.of("poll", name, -ready);
            }
        }
    }

    /** Rounded up, so that a wait is never shorter than asked. Negative waits for ever. */
    private static int remaining(long timeoutMillis, long deadline) {
        if (timeoutMillis < 0) {
            return -1;
        }
        long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime() + 999_999);
        return Math.clamp(left, 0, Integer.MAX_VALUE);
    }

    /** Ends the wait of another thread, or its next one. From any thread; after close it does nothing. */
    synchronized void wake() {
        if (closed) {
            return;
        }
        Scratch s = Scratch.get();
        s.struct.set(Struct.U64, 0, 1);
        FileCalls.write(s, wakes.fd(), s.struct, Long.BYTES);
    }

    @Override
    public synchronized void close() {
        closed = true;
        awaited.close();
        wakes.close();
    }
}
