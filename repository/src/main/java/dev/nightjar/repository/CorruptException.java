package dev.nightjar.repository;

import org.jspecify.annotations.Nullable;

/** Bytes of the repository are not what they were when they were written. */
public final class CorruptException extends RepositoryException {
    public CorruptException(String what, String why, @Nullable Throwable cause) {
        super(what, why, "nightjar check --read-data -r REPO     says what is affected", cause);
    }

    public CorruptException(String what, String why) {
        this(what, why, null);
    }

    private CorruptException(CorruptException cause, String advice) {
        super(cause.what(), cause.why(), advice, cause);
    }

    /** The same of a lock, which is nobody's data. */
    CorruptException ofLock() {
        return new CorruptException(
                this, "nightjar unlock -r REPO     removes it when it is half an hour old, with --remove-all now");
    }
}
