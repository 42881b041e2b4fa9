package dev.nightjar.feed.watch;

/** What closing has to do with threads. */
public final class Threads {
    private Threads() {}

    /** Waits for a thread to end, also when interrupted; the interrupt is kept for later. */
    public static void join(Thread thread) {
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
    }
}
