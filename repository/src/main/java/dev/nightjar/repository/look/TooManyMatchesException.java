package dev.nightjar.repository.look;

import java.io.IOException;

/** A search has found more than may be kept in memory. */
public final class TooManyMatchesException extends IOException {
    private static final long serialVersionUID = 1;

    /** What was the most that may be kept. */
    public TooManyMatchesException(int limit) {
        super("more than " + limit + " matches");
    }
}
