package dev.nightjar.repository;

import dev.nightjar.repository.format.LockFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * restic's lock protocol: look, write ours, wait, look again. What a process of ours left that is no more is removed
 * first; what others left, only by {@link #unlock}. Thread-safe.
 */
final class Locks {
    /** A lock that was not refreshed for so long was left by a process that died. */
    static final Duration STALE = Duration.ofMinutes(30);

    /** How long a lock must be seen by nobody before it counts. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    private static final int TRIES = 3;

    /** Clocks further apart than this are worth a word; others judge the age of our locks by theirs. */
    private static final Duration APART = Duration.ofMinutes(5);

    /** Clocks this far apart, and a lock of ours that is alive will soon look stale to others, or theirs to us. */
    private static final Duration TOO_FAR_APART = Duration.ofMinutes(20);

    private final Storage storage;
    private final Unpacked unpacked;
    private final InstantSource clock;
    private final String hostname;
    private final String username;
    private final Machine machine;
    private final @Nullable LockOwner owner;
    private final Set<RepositoryLock> held = ConcurrentHashMap.newKeySet();
    /** Locks of ours that could not be removed. */
    private final Set<Id> left = ConcurrentHashMap.newKeySet();

    /** @param state what our state directory is called */
    Locks(Storage storage, Unpacked unpacked, RepositoryContext context, String state) {
        this.storage = storage;
        this.unpacked = unpacked;
        this.clock = context.clock();
        this.hostname = context.hostname();
        this.username = context.username();
        this.machine = context.machine();
        Long started = machine.started(machine.pid());
        this.owner = started == null ? null : new LockOwner(state, machine.boot(), machine.processes(), started);
    }

    Machine machine() {
        return machine;
    }

    InstantSource clock() {
        return clock;
    }

    /** Takes a lock, or fails: never waits for another to go. */
    RepositoryLock acquire(LockMode mode) throws RepositoryException {
        boolean exclusive = mode == LockMode.EXCLUSIVE;
        left.forEach(this::removeQuietly);
        refuseConflict(exclusive, null);
        Instant before = clock.instant();
        Id id = write(exclusive);
        boolean taken = false;
        try {
            Duration apart = apart(id, before, clock.instant());
            machine.pause(SETTLE.toNanos());
            List<LockInfo> others = refuseConflict(exclusive, id);
            judgeClocks(apart, others);
            taken = true;
        } finally {
            if (!taken) {
                removeQuietly(id);
            }
        }
        RepositoryLock lock = new RepositoryLock(this, id, exclusive);
        held.add(lock);
        return lock;
    }

    void released(RepositoryLock lock) {
        held.remove(lock);
    }

    /** Removes all locks that were not closed: their user was stopped. */
    void releaseAll() {
        held.forEach(RepositoryLock::close);
    }

    /** How far the storage's clock is from ours, which was between these two when the lock was written. */
    private Duration apart(Id id, Instant before, Instant after) throws RepositoryException {
        Instant theirs = storage.modified(new FileName(FileKind.LOCK, id));
        if (theirs == null) {
            return Duration.ZERO;
        }
        if (theirs.isBefore(before)) {
            return Duration.between(theirs, before);
        }
        return theirs.isAfter(after) ? Duration.between(after, theirs) : Duration.ZERO;
    }

    private void judgeClocks(Duration apart, List<LockInfo> others) throws LockedException {
        if (apart.compareTo(TOO_FAR_APART) > 0 && !others.isEmpty()) {
            LockInfo holder = others.getFirst();
            throw new LockedException(
                    "repository " + storage.location() + " is in use by " + holder.username() + " on host \""
                            + holder.hostname() + "\", and the clock there is " + apart.toMinutes()
                            + " min from this machine's",
                    "with clocks so far apart, each may take the other's lock for one that was left behind",
                    "set the clocks: timedatectl",
                    holder);
        }
        if (apart.compareTo(APART) > 0) {
            System.getLogger(Locks.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "the clock of " + storage.location() + " is " + apart.toMinutes()
                                    + " min from this machine's; set them: timedatectl");
        }
    }

    /** Writes a lock file with the time of now. */
    Id write(boolean exclusive) throws RepositoryException {
        LockInfo info = new LockInfo(
                null, clock.instant(), exclusive, hostname, username, Math.toIntExact(machine.pid()), owner);
        Unpacked.Sealed sealed = unpacked.seal(LockFile.encode(info));
        boolean written = false;
        try {
            unpacked.write(FileKind.LOCK, sealed);
            written = true;
        } finally {
            if (!written) {
                // Where an answer was lost, the file may be there all the same.
                removeQuietly(sealed.id());
            }
        }
        return sealed.id();
    }

    void remove(Id id) throws RepositoryException {
        storage.delete(new FileName(FileKind.LOCK, id));
    }

    void removeQuietly(Id id) {
        try {
            remove(id);
            left.remove(id);
        } catch (RepositoryException e) {
            left.add(id);
            System.getLogger(Locks.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "cannot remove our lock " + id.shortHex() + ": " + e.getMessage());
        }
    }

    boolean isThere(Id id) throws RepositoryException {
        try {
            storage.size(new FileName(FileKind.LOCK, id));
            return true;
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Removes stale locks, or all; returns how many. */
    int unlock(boolean all) throws RepositoryException {
        int removed = 0;
        List<Id> ids = new ArrayList<>();
        storage.list(FileKind.LOCK, (id, size) -> ids.add(id));
        for (Id id : ids) {
            if (all || isStale(id)) {
                remove(id);
                removed++;
            }
        }
        return removed;
    }

    private boolean isStale(Id id) throws RepositoryException {
        try {
            LockInfo lock = read(id);
            return lock != null && isStale(lock);
        } catch (CorruptException e) {
            Instant written =
                    storage.modified(new FileName(FileKind.LOCK, id)); // whoever uses it writes another by then
            return written != null && isOld(written);
        }
    }

    private boolean isOld(Instant written) {
        return written.isBefore(clock.instant().minus(STALE));
    }

    /** Older than half an hour, or of a process of this machine that is no more. */
    private boolean isStale(LockInfo lock) {
        return isOld(lock.time()) || (isOfThisMachine(lock) && isGone(lock));
    }

    /** In another container, where the host may be called the same, the process ids mean others. */
    private boolean isOfThisMachine(LockInfo lock) {
        LockOwner of = lock.owner();
        return lock.hostname().equals(hostname)
                && (of == null
                        || !of.boot().equals(machine.boot())
                        || of.processes().equals(machine.processes()));
    }

    /** Of a lock of this machine: whether it was started since, or the process ended, or its id is another's now. */
    private boolean isGone(LockInfo lock) {
        LockOwner of = lock.owner();
        Long started = machine.started(lock.pid());
        if (started == null) {
            return true;
        }
        return of != null && (!of.boot().equals(machine.boot()) || of.started() != started);
    }

    /** Left by a process that used our state directory, and is no more: nobody waits for that. */
    private boolean isLeftByOurs(LockInfo lock) {
        LockOwner of = lock.owner();
        return of != null && owner != null && of.state().equals(owner.state()) && isOfThisMachine(lock) && isGone(lock);
    }

    /** Returns the locks of others. */
    private List<LockInfo> refuseConflict(boolean exclusive, @Nullable Id ours) throws RepositoryException {
        List<Id> ids = new ArrayList<>();
        storage.list(FileKind.LOCK, (id, size) -> {
            // A zero-byte lock file is what a crash leaves.
            if (size > 0 && !id.equals(ours)) {
                ids.add(id);
            }
        });
        List<LockInfo> others = new ArrayList<>();
        for (Id id : ids) {
            LockInfo lock = read(id);
            if (lock == null) {
                continue;
            }
            if (isLeftByOurs(lock)) {
                removeQuietly(id);
            } else if (exclusive || lock.exclusive()) {
                throw refused(lock);
            } else {
                others.add(lock);
            }
        }
        return others;
    }

    private LockedException refused(LockInfo lock) {
        Instant now = clock.instant();
        long minutes = Math.max(0, Duration.between(lock.time(), now).toMinutes());
        boolean stale = isStale(lock);
        return new LockedException(
                "repository " + storage.location() + " is locked by " + lock.username() + " on host \""
                        + lock.hostname() + "\", pid " + lock.pid(),
                "its lock is " + (lock.exclusive() ? "exclusive" : "shared") + " and was refreshed " + minutes
                        + " min ago" + (stale ? "; it is stale" : ""),
                stale ? "nightjar unlock -r REPO     removes stale locks" : "wait until it is done, and try again",
                lock);
    }

    /** Reads a lock; null if it went away. One that is just being written may be unreadable for a moment. */
    private @Nullable LockInfo read(Id id) throws RepositoryException {
        for (int attempt = 1; ; attempt++) {
            try (InputStream in = unpacked.read(FileKind.LOCK, id)) {
                return LockFile.decode(id, in);
            } catch (StorageException e) {
                if (e.kind() == StorageException.Kind.NOT_FOUND) {
                    return null;
                }
                throw e;
            } catch (CorruptException e) {
                if (attempt == TRIES) {
                    throw e.ofLock();
                }
                machine.pause(TimeUnit.SECONDS.toNanos(attempt));
            } catch (RepositoryException e) {
                throw e;
            } catch (IOException e) {
                throw new CorruptException("lock " + id.shortHex() + " is damaged", String.valueOf(e.getMessage()), e)
                        .ofLock();
            }
        }
    }
}
