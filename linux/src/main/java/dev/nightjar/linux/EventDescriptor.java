package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;

/** What both kinds of event queue do with their descriptor. */
final class EventDescriptor implements AutoCloseable {
    static final long FIONREAD = 0x541B;

    private final Waiter waiter;
    private final String name;

    /** Takes over the descriptor, also when this fails. */
    EventDescriptor(int fd, String name) throws LinuxException {
        this.waiter = new Waiter(fd, PollLayout.POLLIN, name);
        this.name = name;
    }

    Waiter waiter() {
        return waiter;
    }

    int fd() {
        return waiter.fd();
    }

    int read(EventBuffer into) throws LinuxException {
        MemorySegment memory = into.memory();
        long n = FileCalls.read(Scratch.get(), fd(), memory, memory.byteSize());
        if (n == -Errno.EAGAIN) {
            n = 0;
        }
        into.fill((int) Math.max(n, 0));
        if (n < 0) {
            throw LinuxException.of("read", name, (int) -n);
        }
        return (int) n;
    }

    int queued() throws LinuxException {
        Scratch s = Scratch.get();
        int result = EventCalls.ioctl(s, fd(), FIONREAD, s.struct);
        if (result < 0) {
            throw LinuxException.of("ioctl", name, -result);
        }
        return s.struct.get(Struct.U32, 0);
    }

    @Override
    public void close() {
        waiter.close();
    }
}
