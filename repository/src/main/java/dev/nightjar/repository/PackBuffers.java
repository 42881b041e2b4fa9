package dev.nightjar.repository;

import java.util.ArrayDeque;
import java.util.concurrent.TimeUnit;

/**
 * The pack buffers of a commit: open ones and those being written, a fixed number. Who wants one more waits for the
 * writer. Thread-safe.
 */
final class PackBuffers implements AutoCloseable {
    private static final long LOOK_AT_FAILURE_MILLIS = 100;

    private final Failure failure;
    private final Blocks blocks = new Blocks();
    private final ArrayDeque<PackBuffer> idle = new ArrayDeque<>();
    private int left;

    PackBuffers(int count, Failure failure) {
        this.left = count;
        this.failure = failure;
    }

    synchronized PackBuffer take() throws RepositoryException {
        while (true) {
            failure.check();
            PackBuffer buffer = idle.poll();
            if (buffer != null) {
                return buffer;
            }
            if (left > 0) {
                left--;
                return new PackBuffer(blocks);
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(this, LOOK_AT_FAILURE_MILLIS);
            } catch (InterruptedException e) {
                throw Failure.interrupted();
            }
        }
    }

    synchronized void give(PackBuffer buffer) {
        buffer.clear();
        idle.push(buffer);
        notifyAll();
    }

    /** Frees the memory; what is in use is freed when it is given back. */
    @Override
    public void close() {
        blocks.close();
    }
}
