package dev.nightjar.repository.restore;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Threads that work off a short queue. Work that was taken is always done, so that everything begun is also ended, whether
 * or not the restore goes on. An unexpected failure of one piece is thrown by {@link #close}.
 */
final class Workers implements AutoCloseable {

    private static final int QUEUE = 64;

    private final BlockingQueue<Optional<Runnable>> queue = new ArrayBlockingQueue<>(QUEUE);
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Runnable onInterrupt;

    Workers(int count, Runnable onInterrupt) {
        this.onInterrupt = onInterrupt;
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name("restore-" + i).daemon().start(this::work));
        }
    }

    /** Hands work over, waiting for a place. An interrupt is noted, and the work is handed over all the same. */
    void submit(Runnable work) {
        put(Optional.of(work));
    }

    /** Nothing, instead of work, ends a thread. */
    private void put(Optional<Runnable> work) {
        boolean interrupted = false;
        while (true) {
            try {
                queue.put(work);
                break;
            } catch (InterruptedException _) {
                interrupted = true;
                onInterrupt.run();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void work() {
        while (true) {
            Optional<Runnable> next;
            try {
                next = queue.take();
            } catch (InterruptedException _) {
                continue;
            }
            if (next.isEmpty()) {
                return;
            }
            try {
                next.get().run();
            } catch (RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            }
        }
    }

    /** Waits until all is done. */
    @Override
    public void close() {
        threads.forEach(_ -> put(Optional.empty()));
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    onInterrupt.run();
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a restore worker failed", failed);
        }
    }
}
