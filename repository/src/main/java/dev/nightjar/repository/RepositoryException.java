package dev.nightjar.repository;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Something about a repository went wrong. Each has three parts: what happened to which file or repository, why as far
 * as is known, and what to do.
 */
public abstract sealed class RepositoryException extends IOException
        permits NoRepositoryException,
                RepositoryExistsException,
                UnsupportedRepositoryException,
                WrongPasswordException,
                LockedException,
                LockLostException,
                CorruptException,
                StorageException {
    private final String what;
    private final String why;
    private final String advice;

    RepositoryException(String what, String why, String advice, @Nullable Throwable cause) {
        super(why.isEmpty() ? what : what + ": " + why, cause);
        this.what = what;
        this.why = why;
        this.advice = advice;
    }

    /** What happened, to which file or repository. */
    public final String what() {
        return what;
    }

    /** Why, as far as is known, with the system's own words; may be empty. */
    public final String why() {
        return why;
    }

    /** What to do: one command or one sentence; may be empty. */
    public final String advice() {
        return advice;
    }
}
