package dev.nightjar.repository;

import java.util.Set;
import java.util.concurrent.Future;

/**
 * One snapshot being written, under a shared lock. Closed without {@link #finish}, nothing visible is left (packs that
 * no index names may be). Driven by one thread; the work is done by others.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class Commit implements AutoCloseable {
    Commit() {}

    /** The snapshots that were listed under our lock (C14b). */
    public Set<Id> snapshotIds() {
        throw new UnsupportedOperationException();
    }

    /** Whether the repository, or this commit, has the blob. */
    public boolean has(BlobType type, Id id) {
        throw new UnsupportedOperationException();
    }

    /**
     * Stores a file. Blocks while too much is under way. The future fails with the {@link java.io.IOException} of the
     * source, if that failed; a failure of the storage fails this and all later calls.
     */
    public Future<FileContent> store(FileSource source) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Stores a tree, unless the repository has it. */
    public Id storeTree(byte[] json) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /**
     * Makes everything durable in the order of C14 and writes the snapshot; when this returns, it is there to stay.
     *
     * @throws LockLostException if our lock was lost and not all of this commit could be proved to be there; the
     *     snapshot was removed again
     */
    public Id finish(Snapshot snapshot) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** What was done so far. */
    public CommitCounters counters() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
