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
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** restic's lock protocol: look, write ours, wait, look again. Thread-safe. */
final class Locks {
    /** A lock that was not refreshed for so long was left by a process that died. */
    static final Duration STALE = Duration.ofMinutes(30);

    /** How long a lock must be seen by nobody before it counts. */
    private static final Duration SETTLE = Duration.ofMillis(200);

    private static final int TRIES = 3;

    private final Storage storage;
    private final Unpacked unpacked;
    private final InstantSource clock;
    private final String hostname;
    private final String username;
    private final Set<RepositoryLock> held = ConcurrentHashMap.newKeySet();

    Locks(Storage storage, Unpacked unpacked, RepositoryContext context) {
        this.storage = storage;
        this.unpacked = unpacked;
        this.clock = context.clock();
        this.hostname = context.hostname();
        this.username = context.username();
    }

    InstantSource clock() {
        return clock;
    }

    /** Takes a lock, or fails: never waits for another to go. */
    RepositoryLock acquire(LockMode mode) throws RepositoryException {
        boolean exclusive = mode == LockMode.EXCLUSIVE;
        refuseConflict(exclusive, null);
        Id id = write(exclusive);
        boolean taken = false;
        try {
            settle();
            refuseConflict(exclusive, id);
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

    /** parkNanos may return early. */
    private static void settle() {
        long end = System.nanoTime() + SETTLE.toNanos();
        for (long left = SETTLE.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }

    /** Writes a lock file with the time of now. */
    Id write(boolean exclusive) throws RepositoryException {
        LockInfo info = new LockInfo(
                null,
                clock.instant(),
                exclusive,
                hostname,
                username,
                Math.toIntExact(ProcessHandle.current().pid()));
        return unpacked.write(FileKind.LOCK, LockFile.encode(info)).id();
    }

    void remove(Id id) throws RepositoryException {
        storage.delete(new FileName(FileKind.LOCK, id));
    }

    void removeQuietly(Id id) {
        try {
            remove(id);
        } catch (RepositoryException e) {
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
            if (all) {
                remove(id);
                removed++;
                continue;
            }
            LockInfo lock = read(id);
            if (lock != null && isStale(lock)) {
                remove(id);
                removed++;
            }
        }
        return removed;
    }

    /** Older than half an hour, or of a process of this machine that is no more. */
    private boolean isStale(LockInfo lock) {
        return lock.time().isBefore(clock.instant().minus(STALE))
                || (lock.hostname().equals(hostname)
                        && ProcessHandle.of(lock.pid()).isEmpty());
    }

    private void refuseConflict(boolean exclusive, @Nullable Id ours) throws RepositoryException {
        List<Id> ids = new ArrayList<>();
        storage.list(FileKind.LOCK, (id, size) -> {
            // A zero-byte lock file is what a crash leaves.
            if (size > 0 && !id.equals(ours)) {
                ids.add(id);
            }
        });
        for (Id id : ids) {
            LockInfo lock = read(id);
            if (lock != null && (exclusive || lock.exclusive())) {
                throw refused(lock);
            }
        }
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
                    throw e;
                }
                LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(attempt));
            } catch (RepositoryException e) {
                throw e;
            } catch (IOException e) {
                throw new CorruptException("lock " + id.shortHex() + " is damaged", String.valueOf(e.getMessage()), e);
            }
        }
    }
}
