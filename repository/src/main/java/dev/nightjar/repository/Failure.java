package dev.nightjar.repository;

import org.jspecify.annotations.Nullable;

/** The first thing that went wrong in a commit; everything else stops because of it. Thread-safe. */
final class Failure {
    private @Nullable Throwable first;

    synchronized void set(Throwable failure) {
        if (first == null) {
            first = failure;
        }
    }

    synchronized @Nullable Throwable get() {
        return first;
    }

    /** Throws what went wrong, if anything did. */
    void check() throws RepositoryException {
        Throwable failure = get();
        if (failure != null) {
            throw asException(failure);
        }
    }

    static RepositoryException asException(Throwable failure) {
        if (failure instanceof RepositoryException e) {
            return e;
        }
        return new StorageException(
                StorageException.Kind.OTHER, "the commit failed", String.valueOf(failure), "", failure);
    }

    static RepositoryException interrupted() {
        Thread.currentThread().interrupt();
        return new StorageException(
                StorageException.Kind.TRANSIENT, "the commit was interrupted", "", "nothing; it is made again", null);
    }
}
