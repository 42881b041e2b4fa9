package dev.nightjar.app.invocation;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/**
 * What Ctrl-C and SIGTERM do. A command that says nothing is ended at once with 130, after its {@linkplain #before
 * cleanups}; one that {@linkplain #handle handles} the first signal itself is ended by the second Ctrl-C.
 */
public final class Interrupts {
    /** Which signal came. */
    public enum Kind {
        /** Somebody pressed Ctrl-C, or the terminal went away. */
        INTERRUPT,
        /** Somebody asked the process to end. */
        TERMINATE
    }

    /** Handles the first signal of either kind, and every later SIGTERM. */
    @FunctionalInterface
    public interface Handler {
        void on(Kind kind);
    }

    private static final int INTERRUPTED = 130;
    private static final Duration PATIENCE = Duration.ofSeconds(8);
    /** For one cleanup: whoever is slow must not keep the next from its turn. */
    private static final Duration TURN = Duration.ofSeconds(3);

    private final Deque<Runnable> cleanups = new ArrayDeque<>();
    private final IntConsumer halt;
    private final AtomicInteger interrupts = new AtomicInteger();
    private volatile Handler handler = _ -> end();

    /**
     * Listens from now on.
     *
     * @param halt ends the process with this code, at once
     */
    public Interrupts(Signals signals, IntConsumer halt) {
        this.halt = halt;
        signals.on("INT", () -> interrupted(Kind.INTERRUPT));
        signals.on("HUP", () -> interrupted(Kind.INTERRUPT));
        signals.on("TERM", () -> handler.on(Kind.TERMINATE));
    }

    /** The command deals with the first signal; a second Ctrl-C ends it all the same. */
    public void handle(Handler first) {
        handler = first;
    }

    /** Something to be undone before the process is ended; the latest first. Closing the result takes it back. */
    public Cleanup before(Runnable cleanup) {
        synchronized (cleanups) {
            cleanups.push(cleanup);
        }
        return () -> {
            synchronized (cleanups) {
                cleanups.remove(cleanup);
            }
        };
    }

    /**
     * Interrupts a thread before the process is ended, and waits until the result is closed: by a thread that has cleared up
     * behind itself, so it is the first resource of its {@code try}.
     */
    public Cleanup stopping(Thread working) {
        CountDownLatch ended = new CountDownLatch(1);
        Cleanup registered = before(() -> {
            working.interrupt();
            try {
                ended.await();
            } catch (InterruptedException _) {
                // Whoever ends the process does not wait for ever.
            }
        });
        return () -> {
            registered.close();
            ended.countDown();
        };
    }

    /** Takes a cleanup back. */
    public interface Cleanup extends AutoCloseable {
        @Override
        void close();
    }

    private void interrupted(Kind kind) {
        if (interrupts.incrementAndGet() == 1) {
            handler.on(kind);
        } else {
            end();
        }
    }

    private void end() {
        Thread worker = Thread.ofPlatform().daemon().start(this::cleanUp);
        try {
            worker.join(PATIENCE);
        } catch (InterruptedException _) {
            // We are ending anyway.
        }
        halt.accept(INTERRUPTED);
    }

    /** The process ends; the other cleanups must still run. */
    private static void quietly(Runnable cleanup) {
        try {
            cleanup.run();
        } catch (RuntimeException _) {
            return;
        }
    }

    private void cleanUp() {
        while (true) {
            Runnable next;
            synchronized (cleanups) {
                next = cleanups.poll();
            }
            if (next == null) {
                return;
            }
            try {
                Thread.ofPlatform().daemon().start(() -> quietly(next)).join(TURN);
            } catch (InterruptedException _) {
                return;
            }
        }
    }
}
