package dev.nightjar.feed;

import java.io.IOException;

/** Something about a feed that its user can mend. */
public final class FeedException extends IOException {
    private final String why;
    private final String remedy;

    /** What happened, why as far as known, and what to do. */
    public FeedException(String what, String why, String remedy) {
        super(what);
        this.why = why;
        this.remedy = remedy;
    }

    /** Why, as far as known. */
    public String why() {
        return why;
    }

    /** What to do. */
    public String remedy() {
        return remedy;
    }
}
