package dev.nightjar.feed.watch;

import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.MountWatch;

/** The thread that hears of mounts and unmounts. Closed by any thread. */
final class MountWatcher implements AutoCloseable {
    private final MountWatch watch;
    private final EventSink sink;
    private final Thread thread;
    private volatile boolean closed;

    private MountWatcher(MountWatch watch, EventSink sink) {
        this.watch = watch;
        this.sink = sink;
        this.thread = Thread.ofPlatform().daemon().name("nightjar-mounts").start(this::run);
    }

    static MountWatcher start(EventSink sink) throws LinuxException {
        return new MountWatcher(MountWatch.open(), sink);
    }

    private void run() {
        try {
            while (!closed) {
                if (watch.await(-1)) {
                    sink.mountsChanged();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (LinuxException e) {
            throw new IllegalStateException("mounts cannot be watched", e);
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.wake();
        thread.interrupt();
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        watch.close();
    }
}
