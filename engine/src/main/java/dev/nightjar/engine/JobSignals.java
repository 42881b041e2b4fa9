package dev.nightjar.engine;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What a job's loop waits for: changes, wishes, and its end. Safe for use by several threads. */
final class JobSignals {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition news = lock.newCondition();
    private boolean changed;
    private boolean soon;
    private boolean stopping;
    private boolean cancelled;
    private @Nullable Thread loop;

    /** The calling thread is the loop's. */
    void begin() {
        lock.lock();
        try {
            loop = Thread.currentThread();
        } finally {
            lock.unlock();
        }
    }

    void end() {
        lock.lock();
        try {
            loop = null;
            if (cancelled) {
                // The interrupt was meant for the loop, which is over.
                Thread.interrupted();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The catalog has news. Called by the catalog's thread; does not block for long. */
    void changed() {
        lock.lock();
        try {
            changed = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    void soon() {
        lock.lock();
        try {
            soon = true;
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** Whether somebody wants a commit soon; asked once for each wish. */
    boolean takeSoon() {
        lock.lock();
        try {
            boolean wish = soon;
            soon = false;
            return wish;
        } finally {
            lock.unlock();
        }
    }

    void stop(boolean drain) {
        lock.lock();
        try {
            stopping = true;
            if (!drain) {
                cancelled = true;
                if (loop != null) {
                    loop.interrupt();
                }
            }
            news.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean isStopping() {
        lock.lock();
        try {
            return stopping;
        } finally {
            lock.unlock();
        }
    }

    boolean isCancelled() {
        lock.lock();
        try {
            return cancelled;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for a wish, the end, or a time; and for changes if they count. Changes that came since the last wait count.
     *
     * @param atMost null to wait for as long as it takes
     */
    void await(@Nullable Duration atMost, boolean changesCount) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = atMost == null ? Long.MAX_VALUE : atMost.toNanos();
            while (!soon && !stopping && !(changed && changesCount) && left > 0) {
                if (atMost == null) {
                    news.await();
                } else {
                    left = news.awaitNanos(left);
                }
            }
            if (changesCount) {
                changed = false;
            }
        } finally {
            lock.unlock();
        }
    }
}
