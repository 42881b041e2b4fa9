package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Call;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.RecordingStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One call to the storage goes wrong, whichever it is, while a repository is opened and a snapshot is written. Then: no
 * exception but a {@link RepositoryException}; every snapshot that was announced is whole; the next commit succeeds and
 * leaves no lock.
 */
@SuppressWarnings("NullAway.Init")
final class FaultTest {
    private static final Map<String, byte[]> FIRST = Map.of("a", bytes(1), "b", bytes(2));
    private static final Map<String, byte[]> SECOND = Map.of("a", bytes(1), "c", bytes(3));
    private static final Map<String, byte[]> THIRD = Map.of("c", bytes(3), "d", bytes(4));

    @TempDir
    Path directory;

    private final TestMachine machine = new TestMachine();
    private RecordingStorage good;
    private int cases;

    @BeforeEach
    void build() throws Exception {
        good = new RecordingStorage();
        try (Repository repository = TestRepository.init(good, context(directory.resolve("first")))) {
            TestRepository.commit(repository, FIRST);
        }
    }

    private RepositoryContext context(Path place) {
        return TestRepository.context(place, InstantSource.system(), machine);
    }

    @Test
    void refusals() throws Exception {
        everyCall(Fate.REFUSED, StorageException.Kind.NO_SPACE);
        everyCall(Fate.REFUSED, StorageException.Kind.NOT_FOUND);
    }

    @Test
    void answersThatAreLost() throws Exception {
        everyCall(Fate.TOO_LATE, StorageException.Kind.OTHER);
    }

    @Test
    void listingsThatBreakOff() throws Exception {
        everyCall(Fate.HALF_WAY, StorageException.Kind.OTHER);
    }

    @Test
    void lies() throws Exception {
        everyCall(Fate.LIE, StorageException.Kind.OTHER);
    }

    /** What may pass is tried again: once nothing else is to be lost by waiting. */
    @Test
    void hiccups() throws Exception {
        everyCall(Fate.REFUSED, StorageException.Kind.TRANSIENT);
    }

    private void everyCall(Fate fate, StorageException.Kind kind) throws Exception {
        boolean reached = true;
        for (int number = 0; reached; number++) {
            reached = goesWrong(number, fate, kind);
        }
    }

    /** Returns whether there was such a call. */
    private boolean goesWrong(int number, Fate fate, StorageException.Kind kind) throws Exception {
        RecordingStorage storage = good.after(good.operations().size());
        FaultyStorage faulty = new FaultyStorage(storage);
        AtomicReference<@Nullable Call> wrong = new AtomicReference<>();
        faulty.plan(kind, call -> {
            if (call.number() == number) {
                wrong.set(call);
                return fate;
            }
            return Fate.WELL;
        });
        Path place = directory.resolve("case" + cases++);
        Id announced = null;
        RepositoryException failure = null;
        try (Repository repository = Repository.open(faulty, TestRepository.PASSWORD, context(place))) {
            try {
                announced = TestRepository.commit(repository, SECOND);
            } catch (RepositoryException e) {
                failure = e;
            } catch (ExecutionException e) {
                assertThat(e).hasCauseInstanceOf(RepositoryException.class);
                failure = (RepositoryException) e.getCause();
            }
            faulty.mend();
            Call call = wrong.get();
            if (call != null && fate != Fate.LIE) {
                // The same process goes on.
                TestRepository.commit(repository, THIRD);
                assertThat(repository.list(FileKind.LOCK))
                        .as("locks after " + call)
                        .isEmpty();
            }
        } catch (RepositoryException e) {
            assertThat(wrong.get()).as("opening failed: " + e).isNotNull();
            failure = e;
        }
        Call call = wrong.get();
        if (call == null) {
            assertThat(failure).isNull();
            return false;
        }
        if (kind == StorageException.Kind.TRANSIENT && call.op() == Op.WRITE && call.kind() != FileKind.LOCK) {
            assertThat(announced).as(call + ", then " + failure).isNotNull();
        }
        afterwards(storage, announced, call, fate, place.resolve("after"));
        return true;
    }

    /** A storage that keeps nothing and says it did cannot be helped; a check finds that. */
    private static boolean isLost(Call call, Fate fate) {
        return fate == Fate.LIE
                && call.op() == Op.WRITE
                && (call.kind() == FileKind.DATA || call.kind() == FileKind.INDEX || call.kind() == FileKind.SNAPSHOT);
    }

    private void afterwards(RecordingStorage storage, @Nullable Id announced, Call call, Fate fate, Path place)
            throws Exception {
        String what = call + ": " + fate;
        boolean lost = isLost(call, fate);
        try (Repository repository = Repository.open(storage, TestRepository.PASSWORD, context(place))) {
            CheckReport report = new Checker(repository).check(true, (stage, done, total) -> {});
            boolean there =
                    announced == null || repository.list(FileKind.SNAPSHOT).contains(announced);
            assertThat(report.isSound() && there).as(what + report.errors()).isEqualTo(announced == null || !lost);
            TestRepository.commit(repository, THIRD);
            boolean kept = fate == Fate.LIE && call.is(Op.DELETE, FileKind.LOCK);
            assertThat(repository.list(FileKind.LOCK)).as(what).hasSize(kept ? 1 : 0);
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[2000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
