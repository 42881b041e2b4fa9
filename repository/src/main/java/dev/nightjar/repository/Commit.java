package dev.nightjar.repository;

import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.Future;

/**
 * One snapshot being written, under a shared lock. Closed without {@link #finish}, nothing visible is left (packs that
 * no snapshot needs may be). Driven by one thread; the work is done by others.
 */
public final class Commit implements AutoCloseable {
    private final Repository repository;
    private final Set<Id> snapshotIds;
    private final Storage storage;
    private final CommitWindow window;
    private final Pipeline pipeline;
    private long snapshotBytes;
    private volatile boolean closed;

    Commit(
            Repository repository,
            RepositoryLock lock,
            Set<Id> snapshotIds,
            CommitOptions options,
            BlobEncoder.Tampering tampering,
            boolean verify) {
        this.repository = repository;
        this.snapshotIds = Set.copyOf(snapshotIds);
        Machine machine = repository.context().machine();
        this.storage = new RetryingStorage(repository.bareStorage(), machine, () -> closed);
        this.window = new CommitWindow(repository, storage, LockMode.SHARED, lock);
        this.pipeline = new Pipeline(repository, storage, window, options.workers(), tampering, verify);
    }

    /** The snapshots that were listed under our lock (C14b). */
    public Set<Id> snapshotIds() {
        return snapshotIds;
    }

    /** The index files that the repository has, as far as this commit knows: those found at its beginning, and its own. */
    public Set<Id> indexFiles() {
        return repository.index().files();
    }

    /** Whether the repository, or this commit, has the blob. */
    public boolean has(BlobType type, Id id) {
        return repository.index().contains(type, id);
    }

    /**
     * Stores a file. Blocks while too much is under way. The future fails with the {@link java.io.IOException} of the
     * source, if that failed; a failure of the storage fails this and all later calls.
     */
    public Future<FileContent> store(FileSource source) throws RepositoryException {
        return pipeline.store(source);
    }

    /**
     * Stores a tree, unless the repository has it.
     *
     * @param json all of what is left in an array from its beginning on
     */
    public Id storeTree(ByteBuffer json) throws RepositoryException {
        return pipeline.storeTree(json);
    }

    /**
     * Makes everything durable in the order of C14 and writes the snapshot; when this returns, it is there to stay.
     *
     * @throws LockLostException if our lock was lost and not all of this commit could be proved to be there; no snapshot
     *     is left
     */
    public Id finish(Snapshot snapshot) throws RepositoryException {
        pipeline.finish();
        window.aroundSnapshot(pipeline.writer().written(), snapshot.parent());
        Unpacked unpacked = repository.unpacked().through(storage);
        Unpacked.Sealed sealed = unpacked.seal(SnapshotFile.encode(snapshot));
        snapshotBytes = sealed.bytes().remaining();
        try {
            unpacked.write(FileKind.SNAPSHOT, sealed);
            window.aroundSnapshot(pipeline.writer().written(), snapshot.parent());
        } catch (RepositoryException | RuntimeException e) {
            withdraw(sealed.id(), e);
            throw e;
        }
        return sealed.id();
    }

    /** Nobody was told of that snapshot. */
    private void withdraw(Id snapshot, Exception cause) {
        try {
            storage.delete(new FileName(FileKind.SNAPSHOT, snapshot));
        } catch (RepositoryException e) {
            cause.addSuppressed(e);
        }
    }

    /** What was done so far. */
    public CommitCounters counters() {
        CommitCounters c = pipeline.counters();
        return new CommitCounters(
                c.filesRead(),
                c.bytesRead(),
                c.bytesWritten() + snapshotBytes,
                c.newDataBlobs(),
                c.newTreeBlobs(),
                c.dataAdded(),
                c.dataAddedPacked(),
                c.packs());
    }

    /** Stops what is under way and removes the lock. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            pipeline.close();
        } finally {
            window.close();
            repository.commitClosed();
        }
    }
}
