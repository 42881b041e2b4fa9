package dev.nightjar.repository;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The time for which a commit, or a repair, holds its lock. If the lock was lost in between, somebody may have pruned: then it takes
 * another, and proves that all is still there that the commit wrote or counted on. Thread-safe.
 */
final class CommitWindow implements AutoCloseable {
    private final Repository repository;
    private final Storage storage;
    private final LockMode mode;
    private RepositoryLock lock;
    /** Whether the lock was lost before it was known which snapshot is counted on. */
    private boolean doubtful;
    /** Whether something could not be proved. */
    private boolean broken;

    CommitWindow(Repository repository, Storage storage, LockMode mode, RepositoryLock lock) {
        this.repository = repository;
        this.storage = storage;
        this.mode = mode;
        this.lock = lock;
    }

    /**
     * What a commit wrote so far.
     *
     * @param indexed packs that are in index files
     * @param unindexed packs that are not yet
     * @param indexes these index files
     */
    record Written(Set<Id> indexed, Set<Id> unindexed, Set<Id> indexes) {
        Written {
            indexed = Set.copyOf(indexed);
            unindexed = Set.copyOf(unindexed);
            indexes = Set.copyOf(indexes);
        }
    }

    /** Whether what was written is known to be still there. */
    synchronized boolean isHeld() throws RepositoryException {
        return !broken && lock.isHeld();
    }

    /** An index file that names packs that are gone would be damage. */
    synchronized void beforeIndex(Written written) throws RepositoryException {
        if (!lock.isHeld()) {
            doubtful = true;
            prove(written, null);
        }
    }

    /** @param parent the snapshot whose trees the new one may share */
    synchronized void aroundSnapshot(Written written, @Nullable Id parent) throws RepositoryException {
        if (doubtful || !lock.isHeld()) {
            prove(written, parent);
            doubtful = false;
        }
    }

    private void prove(Written written, @Nullable Id parent) throws RepositoryException {
        broken = true;
        Set<Id> needed = new HashSet<>(written.indexed());
        needed.addAll(repository.index().packsCountedOn());
        lock.close();
        try {
            lock = repository.lock(mode);
        } catch (LockedException e) {
            throw lost("our lock was lost, and now " + e.what());
        }
        Set<Id> snapshots = repository.list(FileKind.SNAPSHOT);
        repository.loadIndex();
        Set<Id> there = repository.list(FileKind.DATA);
        if (!there.containsAll(written.indexed())) {
            withdraw(written.indexes());
        }
        if (parent != null && !snapshots.contains(parent)) {
            throw lost("our lock was lost, and snapshot " + parent.shortHex() + " was forgotten meanwhile");
        }
        Set<Id> gone = new HashSet<>(needed);
        gone.removeAll(repository.index().packs());
        needed.addAll(written.unindexed());
        needed.removeAll(there);
        gone.addAll(needed);
        if (!gone.isEmpty()) {
            throw lost("our lock was lost, and " + gone.size() + " packs that we need were removed meanwhile");
        }
        broken = false;
    }

    /** They name packs that are gone, which only they can have needed. */
    private void withdraw(Set<Id> indexes) throws RepositoryException {
        for (Id index : indexes) {
            storage.delete(new FileName(FileKind.INDEX, index));
        }
    }

    private LockLostException lost(String why) {
        return new LockLostException(
                "the commit to " + repository.storage().location() + " is void", why, "nothing; it is made again");
    }

    @Override
    public synchronized void close() {
        lock.close();
    }
}
