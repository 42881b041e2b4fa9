package dev.nightjar.repository;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Files that wait for a worker, and chunks that a worker cut and another may encode. Both are bounded. Workers take
 * several files at once, and who waits for room is woken when half is free: a million small files must not cost a million
 * switches of threads. Thread-safe.
 */
final class WorkQueue {
    private static final int CAPACITY = 256;
    private static final int BATCH = 16;

    /** A file, and who waits for it. */
    record FileWork(FileSource source, CompletableFuture<FileContent> result) {}

    /** A chunk that is to be encoded; the buffer goes back to the pool after that. */
    record ChunkWork(Id id, byte[] buffer, int length) {}

    private final Failure failure;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition work = lock.newCondition();
    private final Condition room = lock.newCondition();
    private final Condition quiet = lock.newCondition();
    private final ArrayDeque<FileWork> files = new ArrayDeque<>();
    private final ArrayDeque<ChunkWork> chunks = new ArrayDeque<>();
    private int busy;
    private boolean stopped;

    WorkQueue(Failure failure) {
        this.failure = failure;
    }

    void put(FileWork file) throws RepositoryException {
        lock.lock();
        try {
            if (files.size() >= CAPACITY) {
                while (files.size() > CAPACITY / 2 && !stopped) {
                    room.await();
                }
            }
            refuseIfStopped();
            files.add(file);
            work.signal();
        } catch (InterruptedException e) {
            throw Failure.interrupted();
        } finally {
            lock.unlock();
        }
    }

    void put(ChunkWork chunk) {
        lock.lock();
        try {
            chunks.add(chunk);
            work.signal();
        } finally {
            lock.unlock();
        }
    }

    /** Puts files back that another worker had better do. */
    void giveBack(List<FileWork> rest) {
        lock.lock();
        try {
            for (int i = rest.size() - 1; i >= 0; i--) {
                files.addFirst(rest.get(i));
            }
            work.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Waits for work: a chunk, or else files, which are added to {@code batch}. Ends what the caller took before.
     *
     * @return the chunk, or null
     * @throws InterruptedException also when the queue was stopped
     */
    @Nullable
    ChunkWork take(List<FileWork> batch, boolean first) throws InterruptedException {
        lock.lock();
        try {
            if (!first) {
                busy--;
            }
            while (chunks.isEmpty() && files.isEmpty() && !stopped) {
                if (busy == 0) {
                    quiet.signalAll();
                }
                work.await();
            }
            if (stopped) {
                throw new InterruptedException();
            }
            busy++;
            ChunkWork chunk = chunks.poll();
            if (chunk != null) {
                return chunk;
            }
            int count = Math.max(1, Math.min(BATCH, files.size() / 4));
            for (int i = 0; i < count; i++) {
                batch.add(files.remove());
            }
            if (files.size() <= CAPACITY / 2) {
                room.signal();
            }
            return null;
        } finally {
            lock.unlock();
        }
    }

    /** Waits until nothing waits and no worker works. */
    void awaitQuiet() throws RepositoryException {
        lock.lock();
        try {
            while (!stopped && (busy > 0 || !files.isEmpty() || !chunks.isEmpty())) {
                quiet.await();
            }
            refuseIfStopped();
        } catch (InterruptedException e) {
            throw Failure.interrupted();
        } finally {
            lock.unlock();
        }
    }

    private void refuseIfStopped() throws RepositoryException {
        failure.check();
        if (stopped) {
            throw new IllegalStateException("the commit was closed");
        }
    }

    /** Wakes everybody, for the last time; returns the files that nobody did. */
    List<FileWork> stop() {
        lock.lock();
        try {
            stopped = true;
            work.signalAll();
            room.signalAll();
            quiet.signalAll();
            List<FileWork> left = List.copyOf(files);
            files.clear();
            chunks.clear();
            return left;
        } finally {
            lock.unlock();
        }
    }
}
