package dev.nightjar.repository;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.Storage;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A repository that was opened with its password. Thread-safe. Does not close its storage. */
@SuppressWarnings("DoNotCallSuggester")
public final class Repository implements AutoCloseable {
    Repository() {}

    /** Makes a new repository of version 2. */
    public static Repository init(Storage storage, byte[] password, RepositoryContext context)
            throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens a repository. Looks first whether the place can be reached, the directory is there, the config, the keys;
     * then tries the password (UTF-8 bytes) on each key.
     */
    public static Repository open(Storage storage, byte[] password, RepositoryContext context)
            throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    public Id id() {
        throw new UnsupportedOperationException();
    }

    /** The version of the format, 1 or 2. */
    public int version() {
        throw new UnsupportedOperationException();
    }

    public Storage storage() {
        throw new UnsupportedOperationException();
    }

    /** All snapshots, oldest first. */
    public List<Snapshot> snapshots() throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    public Snapshot snapshot(Id id) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Locks the repository as restic does; fails rather than waits. */
    public RepositoryLock lock(LockMode mode) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Removes stale locks, or all; returns how many. */
    public int unlock(boolean all) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Brings the index up to date with the index files in the storage: list snapshots before, not after. */
    public void loadIndex() throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Where the index says the blob is, or null. */
    public @Nullable PackLocation locate(BlobType type, Id id) {
        throw new UnsupportedOperationException();
    }

    /** How many blobs the index knows. */
    public long indexedBlobs() {
        throw new UnsupportedOperationException();
    }

    /** The blob, checked against its hash. */
    public byte[] loadBlob(BlobType type, Id id) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** The blob at this place, checked against its hash. */
    public byte[] readBlob(PackLocation location) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /**
     * Decodes a blob out of a range of its pack that the caller has read; checked against its hash.
     *
     * @param bytes a range of the pack
     * @param start offset in the pack of the first of {@code bytes}
     */
    public byte[] decodeBlob(PackLocation location, byte[] bytes, int start) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** The blobs that the pack's own header names, in file order. */
    public List<PackLocation> readPackHeader(Id pack, long packSize) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Tells all that an index file holds. */
    public void readIndexFile(Id indexFile, IndexVisitor visitor) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** The plain bytes of an index, snapshot or lock file, checked against its name. */
    public byte[] loadFile(FileKind kind, Id id) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    /** Begins a commit: takes the shared lock, lists the snapshots, then refreshes the index. */
    public Commit beginCommit(CommitOptions options) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
