package dev.nightjar.repository;

import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;

/**
 * Changes of what a repository has already, under an exclusive lock. What replaces something is written first, and made
 * durable; then what it replaces is removed: a crash in between leaves both. Driven by one thread.
 */
public final class Rewriting implements AutoCloseable {
    private final Repository repository;
    private final CommitWindow window;
    private final Pipeline pipeline;
    private final BlobReader reader;

    private Rewriting(Repository repository, RepositoryLock lock) throws RepositoryException {
        this.repository = repository;
        try {
            repository.index().beginCommit();
        } catch (IOException e) {
            lock.close();
            throw Repository.cacheFailed(repository.context().cache(), e);
        }
        this.window = new CommitWindow(repository, repository.storage(), LockMode.EXCLUSIVE, lock);
        this.pipeline = new Pipeline(repository, repository.storage(), window, 0, BlobEncoder.Tampering.NONE, true);
        this.reader = new BlobReader(repository.unpacked().envelope());
    }

    /**
     * Takes the lock.
     *
     * @throws LockedException if anybody else has one
     * @throws UnsupportedRepositoryException if nothing may be removed from the repository
     */
    public static Rewriting begin(Repository repository) throws RepositoryException {
        if (repository.config().appendOnly()) {
            throw new UnsupportedRepositoryException(
                    "the repository at " + repository.storage().location() + " is append-only",
                    "its config says so, and a repair removes what it replaces",
                    "ask who made it so");
        }
        return new Rewriting(repository, repository.lock(LockMode.EXCLUSIVE));
    }

    /**
     * Copies a blob into a new pack as it is, if it is what it should be; {@link #flush} makes it durable.
     *
     * @return whether it was
     * @throws RepositoryException if the storage does not answer; that the pack is not there or too short is no error
     */
    public boolean copy(PackLocation blob) throws RepositoryException {
        byte[] sealed;
        try {
            // Before room is made for it: a damaged index may speak of gigabytes.
            FileName pack = new FileName(FileKind.DATA, blob.pack());
            if ((long) blob.offset() + blob.length() > repository.storage().size(pack)) {
                return false;
            }
            sealed = repository.storage().readRange(pack, blob.offset(), blob.length());
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
        try {
            reader.decode(blob, sealed.clone(), 0);
        } catch (CorruptException _) {
            return false;
        }
        pipeline.packer().add(blob.type(), blob.blob(), sealed, blob.length(), blob.rawLength());
        return true;
    }

    /**
     * Stores a tree, unless the index has it; {@link #flush} makes it durable.
     *
     * @param json all of what is left in an array from its beginning on
     */
    public Id storeTree(ByteBuffer json) throws RepositoryException {
        return pipeline.storeTree(json);
    }

    /** Makes what was stored durable: packs, then their index. */
    public void flush() throws RepositoryException {
        pipeline.finish();
    }

    /** Writes an index file that names these packs. */
    public void writeIndex(Map<Id, List<PackLocation>> packs) throws RepositoryException {
        write(FileKind.INDEX, IndexFile.encode(packs));
    }

    /**
     * Writes a snapshot again, with another tree, which was made durable before, and one more tag; the old one stays.
     *
     * @return the name of the new one
     */
    public Id writeSnapshot(Id old, Id tree, String tag) throws RepositoryException {
        byte[] json = SnapshotFile.withTree(old, repository.loadFile(FileKind.SNAPSHOT, old), tree, tag);
        return write(FileKind.SNAPSHOT, json);
    }

    private Id write(FileKind kind, byte[] json) throws RepositoryException {
        Unpacked.Sealed sealed = repository.unpacked().seal(json);
        repository.unpacked().write(kind, sealed);
        return sealed.id();
    }

    /**
     * Removes a file that nothing needs any more.
     *
     * @throws LockLostException if our lock is gone: somebody else may be at work
     */
    public void remove(FileKind kind, Id id) throws RepositoryException {
        if (!window.isHeld()) {
            throw new LockLostException(
                    "the repair of " + repository.storage().location() + " was stopped",
                    "our lock was removed by somebody else",
                    "the same again; what was done so far stays");
        }
        repository.storage().delete(new FileName(kind, id));
    }

    /** Removes the lock. */
    @Override
    public void close() {
        try {
            pipeline.close();
            reader.close();
        } finally {
            window.close();
        }
    }
}
