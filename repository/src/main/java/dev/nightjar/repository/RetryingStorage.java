package dev.nightjar.repository;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes and reads once more what failed for a reason that may pass, for some minutes in all: a hiccup of the network does
 * not end a first backup that lasts for days, nor a restore. Waits twice as long each time. When that was in vain, nothing
 * more is waited for until something succeeds: of a storage that is gone for good, a thousand files fail as soon as one.
 *
 * <p>What the device failed to read is read twice more. Anything else, damage above all, would be the same again.
 * Thread-safe.
 */
final class RetryingStorage implements Storage {
    static final Duration FIRST_WAIT = Duration.ofSeconds(1);
    static final Duration LONGEST_WAIT = Duration.ofSeconds(30);
    static final Duration PATIENCE = Duration.ofMinutes(5);

    /** How often is read what the device fails to read. */
    static final int READS = 3;

    /** How soon somebody who gives up is noticed. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private final Storage storage;
    private final Machine machine;
    private final BooleanSupplier givenUp;
    /** Whether something fails, and that was told. */
    private final AtomicBoolean troubled = new AtomicBoolean();
    /** Whether it was waited for in vain. */
    private volatile boolean inVain;

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
                T result = call.call();
                troubled.set(false);
                inVain = false;
                return result;
            } catch (StorageException e) {
                if (e.kind() != StorageException.Kind.TRANSIENT || inVain) {
                    throw e;
                }
                if (machine.nanos() - begun >= PATIENCE.toNanos()) {
                    inVain = true;
                    throw e;
                }
                tell(e);
                if (!waited(wait)) {
                    throw e;
                }
                wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
            }
        }
    }

    private <T extends @Nullable Object> T readPatiently(Call<T> call) throws RepositoryException {
        return patiently(() -> {
            Duration wait = FIRST_WAIT;
            for (int reads = 1; ; reads++) {
                try {
                    return call.call();
                } catch (StorageException e) {
                    if (e.kind() != StorageException.Kind.INPUT_OUTPUT || reads == READS || !waited(wait)) {
                        throw e;
                    }
                    wait = wait.multipliedBy(2);
                }
            }
        });
    }

    private void tell(StorageException e) {
        if (troubled.compareAndSet(false, true)) {
            System.getLogger(RetryingStorage.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            e.getMessage() + "; it is tried again for " + PATIENCE.toMinutes() + " minutes");
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
        return readPatiently(storage::exists);
    }

    @Override
    public void create() throws RepositoryException {
        storage.create();
    }

    /** The visitor is told when the listing is whole, so that none is told twice. */
    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        record File(Id id, long size) {}
        List<File> files = readPatiently(() -> {
            List<File> listed = new ArrayList<>();
            storage.list(kind, (id, size) -> listed.add(new File(id, size)));
            return listed;
        });
        for (File file : files) {
            visitor.file(file.id, file.size);
        }
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        return readPatiently(() -> storage.size(name));
    }

    @Override
    public @Nullable Instant modified(FileName name) throws RepositoryException {
        return this.<@Nullable Instant>readPatiently(() -> storage.modified(name));
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        return readPatiently(() -> storage.read(name));
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        this.<@Nullable Void>readPatiently(() -> {
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
