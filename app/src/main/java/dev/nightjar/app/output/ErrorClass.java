package dev.nightjar.app.output;

import java.util.Locale;

/** The families of errors: what kind of remedy there is, not where it happened. */
public enum ErrorClass {
    NOT_FOUND,
    PERMANENT,
    TRANSIENT,
    NO_SPACE,
    DENIED,
    CORRUPT,
    QUESTION,
    USAGE,
    INTERRUPTED;

    /** The word in JSON. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
