package dev.nightjar.repository;

import org.jspecify.annotations.Nullable;

/** The storage below a repository refused something. */
public final class StorageException extends RepositoryException {
    /** What kind of refusal it was; says whether trying again can help. */
    public enum Kind {
        /** The storage is full, or a quota is. */
        NO_SPACE,
        /** Permission denied, or mounted read-only. */
        DENIED,
        /** May pass by itself. */
        TRANSIENT,
        /** The device, or the way to it, failed to read or write: reading once or twice more may help, more hardly. */
        INPUT_OUTPUT,
        /** The file is not there. */
        NOT_FOUND,
        /** What this machine keeps beside a repository cannot be used; the repository itself may be well. */
        CACHE,
        /** Anything else. */
        OTHER
    }

    private final Kind kind;

    public StorageException(Kind kind, String what, String why, String advice, @Nullable Throwable cause) {
        super(what, why, advice, cause);
        this.kind = kind;
    }

    /** What kind of refusal it was. */
    public Kind kind() {
        return kind;
    }
}
