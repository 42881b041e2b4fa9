package dev.nightjar.repository.check;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Runs one step again and again in several threads, until there is nothing left to do. */
final class Parallel {

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private volatile boolean stopped;

    private Parallel() {}

    /**
     * Runs the step in threads of its own until it returns false in each of them.
     *
     * @throws InterruptedException if this thread was interrupted; the others have ended then
     */
    static void run(int threads, BooleanSupplier step) throws InterruptedException {
        new Parallel().runAll(threads, step);
    }

    private void runAll(int count, BooleanSupplier step) throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            threads.add(Thread.ofPlatform().name("check-" + i).daemon().start(() -> work(step)));
        }
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException _) {
                    interrupted = true;
                    stopped = true;
                    // They may be waiting for a storage that is away.
                    threads.forEach(Thread::interrupt);
                }
            }
        }
        Throwable failed = failure.get();
        if (failed != null) {
            throw new IllegalStateException("a check worker failed", failed);
        }
        if (interrupted) {
            throw new InterruptedException("check");
        }
    }

    private void work(BooleanSupplier step) {
        try {
            boolean more = true;
            while (more && !stopped) {
                more = step.getAsBoolean();
            }
        } catch (RuntimeException | Error e) {
            failure.compareAndSet(null, e);
            stopped = true;
        }
    }
}
