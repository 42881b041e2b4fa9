package dev.nightjar.repository.storage;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A door to another storage at which things go wrong as a plan says: calls are refused, fail half-way or when it is too late,
 * lie, or are held up (a plan may block). Counts the calls. Thread-safe.
 */
public final class FaultyStorage implements Storage {
    /** What a storage is asked. */
    public enum Op {
        EXISTS,
        CREATE,
        LIST,
        SIZE,
        MODIFIED,
        READ,
        WRITE,
        DELETE
    }

    /** One call: its number from 0, and what it is about; the kind is null where it is about the place itself. */
    public record Call(int number, Op op, @Nullable FileKind kind) {
        /** Whether it is this. */
        public boolean is(Op asked, FileKind of) {
            return op == asked && kind == of;
        }
    }

    /** How a call goes. */
    public enum Fate {
        /** As it should. */
        WELL,
        /** Refused, and nothing was done. */
        REFUSED,
        /** Done, and then the answer is lost. */
        TOO_LATE,
        /** A listing ends in the middle, with an error; anything else is refused. */
        HALF_WAY,
        /** What was written or removed is not, files are hidden or made up, bytes are missing. Says that all is well. */
        LIE
    }

    /** Decides how a call goes, before it is carried out. */
    @FunctionalInterface
    public interface Plan {
        /** All is well. */
        Plan GOOD = call -> Fate.WELL;

        Fate fate(Call call);
    }

    private final Storage storage;
    private final AtomicInteger calls = new AtomicInteger();
    private volatile Plan plan = Plan.GOOD;
    private volatile StorageException.Kind kind = StorageException.Kind.OTHER;

    public FaultyStorage(Storage storage) {
        this.storage = storage;
    }

    /** How things go from now on; refusals are of this kind. */
    public void plan(StorageException.Kind refusal, Plan next) {
        kind = refusal;
        plan = next;
    }

    /** From now on nothing of this kind can be written. */
    public void refuseToWrite(FileKind what) {
        plan(StorageException.Kind.NO_SPACE, call -> call.is(Op.WRITE, what) ? Fate.REFUSED : Fate.WELL);
    }

    /** From now on all is well. */
    public void mend() {
        plan = Plan.GOOD;
    }

    /** How many calls there were. */
    public int calls() {
        return calls.get();
    }

    /** Counts from 0 again. */
    public void countAgain() {
        calls.set(0);
    }

    @FunctionalInterface
    private interface Work<T extends @Nullable Object> {
        T run() throws RepositoryException;
    }

    private Fate fate(Op op, @Nullable FileKind about) throws StorageException {
        Fate fate = plan.fate(new Call(calls.getAndIncrement(), op, about));
        if (fate == Fate.REFUSED || (fate == Fate.HALF_WAY && op != Op.LIST)) {
            throw refusal(op);
        }
        return fate;
    }

    private StorageException refusal(Op op) {
        return new StorageException(kind, "the storage refuses to " + op, "a test wants it", "nothing", null);
    }

    private <T extends @Nullable Object> T carryOut(Op op, @Nullable FileKind about, Work<T> work, Work<T> lie)
            throws RepositoryException {
        Fate fate = fate(op, about);
        T result = fate == Fate.LIE ? lie.run() : work.run();
        if (fate == Fate.TOO_LATE) {
            throw refusal(op);
        }
        return result;
    }

    private void carryOut(Op op, FileKind about, VoidWork work) throws RepositoryException {
        this.<@Nullable Void>carryOut(
                op,
                about,
                () -> {
                    work.run();
                    return null;
                },
                () -> null);
    }

    @FunctionalInterface
    private interface VoidWork {
        void run() throws RepositoryException;
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean exists() throws RepositoryException {
        return carryOut(Op.EXISTS, null, storage::exists, () -> false);
    }

    @Override
    public void create() throws RepositoryException {
        this.<@Nullable Void>carryOut(
                Op.CREATE,
                null,
                () -> {
                    storage.create();
                    return null;
                },
                () -> null);
    }

    @Override
    public void list(FileKind of, ListVisitor visitor) throws RepositoryException {
        Fate fate = fate(Op.LIST, of);
        if (fate == Fate.WELL) {
            storage.list(of, visitor);
            return;
        }
        record File(Id id, long size) {}
        List<File> files = new ArrayList<>();
        storage.list(of, (id, size) -> files.add(new File(id, size)));
        List<File> told = fate == Fate.TOO_LATE ? files : files.subList(0, files.size() / 2);
        for (File file : told) {
            visitor.file(file.id, file.size);
        }
        if (fate != Fate.LIE) {
            throw refusal(Op.LIST);
        }
        visitor.file(Id.sha256(new byte[] {1, 2, 3}), 1000);
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        return carryOut(Op.SIZE, name.kind(), () -> storage.size(name), () -> storage.size(name) + 1);
    }

    @Override
    public @Nullable Instant modified(FileName name) throws RepositoryException {
        return this.<@Nullable Instant>carryOut(
                Op.MODIFIED, name.kind(), () -> storage.modified(name), () -> Instant.EPOCH);
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        return carryOut(Op.READ, name.kind(), () -> storage.read(name), () -> {
            byte[] whole = storage.read(name);
            return Arrays.copyOf(whole, whole.length / 2);
        });
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        Work<@Nullable Void> work = () -> {
            storage.readRange(name, offset, into, length);
            return null;
        };
        this.<@Nullable Void>carryOut(Op.READ, name.kind(), work, () -> {
            work.run();
            Arrays.fill(into, length / 2, length, (byte) 0);
            return null;
        });
    }

    @Override
    public void write(FileName name, ByteBuffer... content) throws RepositoryException {
        carryOut(Op.WRITE, name.kind(), () -> storage.write(name, content));
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        carryOut(Op.DELETE, name.kind(), () -> storage.delete(name));
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
