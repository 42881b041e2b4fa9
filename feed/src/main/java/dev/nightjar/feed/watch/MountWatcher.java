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
                if (await()) {
                    sink.mountsChanged();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Waits for a change; when that is not possible any more, nobody but barriers will look. */
    private boolean await() throws InterruptedException {
        try {
            return watch.await(-1);
        } catch (LinuxException e) {
            closed = true;
            sink.mountsUnwatched(e);
            return false;
        }
    }

    @Override
    public void close() {
        closed = true;
        watch.wake();
        thread.interrupt();
        Threads.join(thread);
        watch.close();
    }
}
