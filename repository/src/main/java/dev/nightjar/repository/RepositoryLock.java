package dev.nightjar.repository;

/**
 * A lock held on a repository, refreshed every five minutes by a thread of its own. Closing it removes it; a failure to
 * do so is not reported, as the lock grows stale by itself. Thread-safe.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class RepositoryLock implements AutoCloseable {
    RepositoryLock() {}

    /** Looks into the storage: is the lock file still there, and was it never left unrefreshed for too long? */
    public boolean isHeld() throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Removes the lock. */
    @Override
    public void close() {}
}
