package dev.nightjar.repository;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * A lock held on a repository, refreshed every five minutes by a thread of its own. Closing it removes it; a failure to
 * do so is logged, as the lock grows stale by itself. Thread-safe.
 */
public final class RepositoryLock implements AutoCloseable {
    private static final Duration REFRESH = Duration.ofMinutes(5);

    /** After so long, another may have thought us dead. By the wall clock: the other one stops while a machine sleeps. */
    private static final Duration TRUSTED = Duration.ofSeconds(1350);

    /** A machine that slept for longer could not defend its lock. */
    private static final long SLEPT_MILLIS = 5_000;

    private final Locks locks;
    private final boolean exclusive;
    private Id id;
    private final long sleptBefore;
    private Instant refreshed;
    private boolean lost;
    private boolean closed;

    RepositoryLock(Locks locks, Id id, boolean exclusive) {
        this.locks = locks;
        this.id = id;
        this.exclusive = exclusive;
        this.refreshed = locks.clock().instant();
        this.sleptBefore = locks.machine().sleptMillis();
        Thread.ofPlatform().daemon().name("nightjar-lock").start(this::keep);
    }

    private synchronized void keep() {
        try {
            while (!closed) {
                TimeUnit.NANOSECONDS.timedWait(this, REFRESH.toNanos());
                if (!closed) {
                    refresh();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes a new lock file, then removes the old one. */
    synchronized void refresh() {
        try {
            if (!stillTrusted()) {
                return;
            }
            Id old = id;
            id = locks.write(exclusive);
            refreshed = locks.clock().instant();
            locks.removeQuietly(old);
        } catch (RepositoryException e) {
            System.getLogger(RepositoryLock.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot refresh our lock: " + e.getMessage());
        }
    }

    /**
     * Looks into the storage: is the lock file still there, was it never left unrefreshed for too long, and did the machine
     * not sleep? Once false, it stays so.
     */
    public synchronized boolean isHeld() throws RepositoryException {
        return !closed && stillTrusted();
    }

    private boolean stillTrusted() throws RepositoryException {
        if (!lost) {
            Duration age = Duration.between(refreshed, locks.clock().instant());
            lost = age.abs().compareTo(TRUSTED) > 0
                    || locks.machine().sleptMillis() - sleptBefore > SLEPT_MILLIS
                    || !locks.isThere(id);
        }
        return !lost;
    }

    /** Removes the lock. */
    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            notifyAll();
            locks.removeQuietly(id);
            locks.released(this);
        }
    }
}
