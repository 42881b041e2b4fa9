package dev.nightjar.feed.watch;

import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.EventBuffer;
import dev.nightjar.linux.EventQueue;
import dev.nightjar.linux.LinuxException;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** A kernel queue and the thread that reads it, lazily (C9). */
public abstract sealed class Watcher implements AutoCloseable permits InotifyWatcher, FanotifyWatcher {
    private static final int BUFFER = 256 * 1024;

    /**
     * How a queue is read.
     *
     * @param lazyMillis how long events may gather
     * @param most events that are taken of what is queued; the rest is dropped as the kernel drops what its queue cannot hold
     */
    public record Reading(long lazyMillis, int most) {}

    private final EventQueue queue;
    private final EventSink sink;
    private final Reading reading;
    private final AtomicLong flushWanted = new AtomicLong();
    private final AtomicLong eventsRead = new AtomicLong();
    private final Thread thread;
    private volatile boolean closed;

    Watcher(String name, EventQueue queue, EventSink sink, Reading reading) {
        this.queue = queue;
        this.sink = sink;
        this.reading = reading;
        this.thread = Thread.ofPlatform().daemon().name("nightjar-" + name).unstarted(this::run);
    }

    /** Begins to read. */
    public void start() {
        thread.start();
    }

    /** Which kind it is. */
    public abstract WatcherChoice kind();

    /** Asks for what is queued now to be delivered at once, and then {@link EventSink#flushed} with the number. */
    public void flush(long number) {
        flushWanted.accumulateAndGet(number, Math::max);
        queue.wake();
    }

    /** Events decoded so far. */
    public long eventsRead() {
        return eventsRead.get();
    }

    /** Decodes the events in a buffer that count; adds how many there were to the bound that the queue is read to. */
    abstract Decoded decode(EventBuffer buffer);

    /** Whether {@link EventQueue#queued} counts 24 for each event, and not bytes. */
    abstract boolean countsEvents();

    /** What was in a buffer. */
    record Decoded(List<Event> events, boolean overflow, int count) {}

    private void run() {
        EventBuffer buffer = EventBuffer.allocate(BUFFER);
        long flushed = 0;
        try {
            while (!closed) {
                if (flushWanted.get() == flushed) {
                    boolean events = queue.await(-1);
                    if (events && flushWanted.get() == flushed) {
                        queue.pause(reading.lazyMillis());
                    }
                }
                if (closed) {
                    return;
                }
                long wanted = flushWanted.get();
                drain(buffer);
                if (wanted != flushed) {
                    flushed = wanted;
                    sink.flushed(this, wanted);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinuxException | RuntimeException e) {
            fail(e instanceof IOException io ? io : new IOException("events cannot be decoded: " + e.getMessage(), e));
        }
    }

    /** Reads what is queued now: "until empty" would never end beside a busy writer (C8). */
    private void drain(EventBuffer buffer) throws LinuxException, InterruptedException {
        long bound = countsEvents() ? queue.queued() / 24L : queue.queued();
        int room = reading.most();
        while (bound > 0 && !closed) {
            int bytes = queue.read(buffer);
            if (bytes == 0) {
                return;
            }
            Decoded decoded = decode(buffer);
            eventsRead.addAndGet(decoded.count());
            bound -= countsEvents() ? decoded.count() : bytes;
            List<Event> events = decoded.events();
            List<Event> kept = events.subList(0, Math.min(room, events.size()));
            room -= kept.size();
            if (decoded.overflow() || kept.size() < events.size()) {
                sink.overflow();
            }
            if (!kept.isEmpty()) {
                sink.events(kept);
            }
        }
    }

    private void fail(IOException problem) {
        if (closed) {
            return;
        }
        try {
            sink.failed(this, problem);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends the thread, then the queue. */
    @Override
    public void close() {
        closed = true;
        queue.wake();
        thread.interrupt();
        boolean ended = false;
        while (!ended) {
            try {
                thread.join();
                ended = true;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                ended = !thread.isAlive();
                queue.wake();
            }
        }
        queue.close();
    }
}
