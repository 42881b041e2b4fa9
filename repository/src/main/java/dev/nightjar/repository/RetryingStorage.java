package dev.nightjar.repository;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads once more what failed for a reason that may pass, for some minutes in all: a hiccup of the network does
 * not end a first backup that lasts for days. Waits twice as long each time. Thread-safe.
 */
final class RetryingStorage implements Storage {
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How soon somebody who gives up is noticed. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Storage storage;
    private final Machine machine;
    private final BooleanSupplier givenUp;

    /** @param givenUp whether nobody waits for the result any more */
    RetryingStorage(Storage storage, Machine machine, BooleanSupplier givenUp) {
        this.storage = storage;
        this.machine = machine;
        this.givenUp = givenUp;
    }

    private interface Call<T extends @Nullable Object> {
        T call() throws RepositoryException;
    }

    private <T extends @Nullable Object> T patiently(Call<T> call) throws RepositoryException {
        long begun = machine.nanos();
        Duration wait = FIRST_WAIT;
        while (true) {
            try {
                return call.call();
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.TRANSIENT
                        || machine.nanos() - begun >= PATIENCE.toNanos()
                        || !waited(wait)) {
                    throw e;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    /** Whether it is worth to go on. */
    private boolean waited(Duration wait) {
        long begun = machine.nanos();
        for (long left = wait.toNanos(); left > 0; left = begun + wait.toNanos() - machine.nanos()) {
            if (givenUp.getAsBoolean() || Thread.currentThread().isInterrupted()) {
                return false;
            }
            machine.pause(Math.min(left, LOOK.toNanos()));
        }
        return true;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean exists() throws RepositoryException {
        return patiently(storage::exists);
    }

    @Override
    public void create() throws RepositoryException {
        storage.create();
    }

    /** Not again: the visitor was told of some already. */
    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        storage.list(kind, visitor);
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        return patiently(() -> storage.size(name));
    }

    @Override
    public @Nullable Instant modified(FileName name) throws RepositoryException {
        return this.<@Nullable Instant>patiently(() -> storage.modified(name));
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        return patiently(() -> storage.read(name));
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        this.<@Nullable Void>patiently(() -> {
            storage.readRange(name, offset, into, length);
            return null;
        });
    }

    @Override
    public void write(FileName name, ByteBuffer... content) throws RepositoryException {
        this.<@Nullable Void>patiently(() -> {
            storage.write(name, content);
            return null;
        });
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        this.<@Nullable Void>patiently(() -> {
            storage.delete(name);
            return null;
        });
    }

    @Override
    public long freeSpace() throws RepositoryException {
        return storage.freeSpace();
    }

    @Override
    public void close() throws RepositoryException {
        storage.close();
    }
}
