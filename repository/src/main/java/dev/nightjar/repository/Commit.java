package dev.nightjar.repository;

import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One snapshot being written, under a shared lock. Closed without {@link #finish}, nothing visible is left (packs that
 * no snapshot needs may be). Driven by one thread; the work is done by others.
 */
public final class Commit implements AutoCloseable {
    private final Repository repository;
    private final Set<Id> snapshotIds;
    private final Pipeline pipeline;
    private RepositoryLock lock;
    private long snapshotBytes;
    private boolean closed;

    Commit(
            Repository repository,
            RepositoryLock lock,
            Set<Id> snapshotIds,
            CommitOptions options,
            BlobEncoder.Tampering tampering,
            boolean verify) {
        this.repository = repository;
        this.lock = lock;
        this.snapshotIds = Set.copyOf(snapshotIds);
        this.pipeline = new Pipeline(repository, options.workers(), tampering, verify);
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
        if (!lock.isHeld()) {
            prove(snapshot.parent());
        }
        Unpacked.Written written = repository.unpacked().write(FileKind.SNAPSHOT, SnapshotFile.encode(snapshot));
        boolean proved = false;
        try {
            if (!lock.isHeld()) {
                prove(snapshot.parent());
            }
            proved = true;
        } finally {
            if (!proved) {
                repository.storage().delete(new FileName(FileKind.SNAPSHOT, written.id()));
            }
        }
        snapshotBytes = written.bytes();
        return written.id();
    }

    /**
     * Our lock was lost, so somebody may have pruned: takes a new one, and looks whether everything that this commit
     * wrote or counted on is still in the index and in the storage, and the snapshot that its caller counted on, too.
     */
    private void prove(@Nullable Id parent) throws RepositoryException {
        Set<Id> needed = new HashSet<>(pipeline.writer().packs());
        needed.addAll(repository.index().packsCountedOn());
        lock.close();
        try {
            lock = repository.lock(LockMode.SHARED);
        } catch (LockedException e) {
            throw lost("our lock was lost, and now " + e.what());
        }
        Set<Id> snapshots = repository.list(FileKind.SNAPSHOT);
        repository.loadIndex();
        if (parent != null && !snapshots.contains(parent)) {
            throw lost("our lock was lost, and snapshot " + parent.shortHex() + " was forgotten meanwhile");
        }
        Set<Id> there = repository.list(FileKind.DATA);
        there.retainAll(repository.index().packs());
        needed.removeAll(there);
        if (!needed.isEmpty()) {
            throw lost("our lock was lost, and " + needed.size() + " packs that we need were removed meanwhile");
        }
    }

    private LockLostException lost(String why) {
        return new LockLostException(
                "the commit to " + repository.storage().location() + " is void", why, "nothing; it is made again");
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
            lock.close();
            repository.commitClosed();
        }
    }
}
