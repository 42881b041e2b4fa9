package dev.nightjar.repository.look;

import java.nio.channels.ClosedByInterruptException;

/** What is done between two steps of something long. */
final class Steps {
    private Steps() {}

    /** Ends the work if its thread was interrupted. */
    static void mayGoOn() throws ClosedByInterruptException {
        if (Thread.currentThread().isInterrupted()) {
            throw new ClosedByInterruptException();
        }
    }
}
