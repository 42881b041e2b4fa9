package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The window of design.md, section 6: what a commit does when its lock was lost, by sleep or by somebody's unlock, at each
 * step; and what it keeps when it ends before its time.
 */
@Timeout(120)
@SuppressWarnings("NullAway.Init")
final class LostLockTest {
    @TempDir
    Path directory;

    private final TestMachine machine = new TestMachine();
    private final RecordingStorage storage = new RecordingStorage();
    private final FaultyStorage faulty = new FaultyStorage(storage);
    private Repository repository;
    private Id parent;

    @BeforeEach
    void build() throws Exception {
        repository = TestRepository.init(faulty, TestRepository.context(directory, InstantSource.system(), machine));
        parent = TestRepository.commit(repository, Map.of("old", bytes(1, 100)));
    }

    @AfterEach
    void leave() {
        repository.close();
    }

    /** Before the first thing of this kind is written, this happens. */
    private void before(FileKind kind, Runnable event) {
        boolean[] happened = new boolean[1];
        faulty.plan(StorageException.Kind.OTHER, call -> {
            if (call.is(Op.WRITE, kind) && !happened[0]) {
                happened[0] = true;
                event.run();
            }
            return Fate.WELL;
        });
    }

    private void remove(FileKind kind, Set<Id> but) throws RepositoryException {
        storage.list(kind, (id, size) -> {
            if (!but.contains(id)) {
                storage.delete(new FileName(kind, id));
            }
        });
    }

    private Id commit(Map<String, byte[]> files) throws Exception {
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            return commit.finish(TestRepository.snapshot(TestRepository.storeFlat(commit, files), parent));
        }
    }

    private void isSound() throws Exception {
        assertThat(new Checker(repository)
                        .check(true, (stage, done, total) -> {})
                        .errors())
                .isEmpty();
        assertThat(repository.list(FileKind.LOCK)).isEmpty();
    }

    @Test
    void allIsStillThereAndTheCommitIsGood() throws Exception {
        for (FileKind step : List.of(FileKind.DATA, FileKind.INDEX, FileKind.SNAPSHOT)) {
            before(step, () -> machine.sleep(60_000));
            Id snapshot = commit(Map.of(step.name(), bytes(step.name().length(), 100)));
            assertThat(repository.list(FileKind.SNAPSHOT)).contains(parent, snapshot);
            isSound();
        }
    }

    /** Each time a prune went by that removed what no snapshot needed yet. */
    @Test
    void packsThatWerePrunedMakeTheCommitVoid() throws Exception {
        Set<Id> packs = repository.list(FileKind.DATA);
        Set<Id> indexes = repository.list(FileKind.INDEX);
        for (FileKind step : List.of(FileKind.INDEX, FileKind.SNAPSHOT)) {
            before(step, () -> {
                machine.sleep(60_000);
                try {
                    remove(FileKind.DATA, packs);
                } catch (RepositoryException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> commit(Map.of("new", bytes(2, 100)))).isInstanceOf(LockLostException.class);
            faulty.mend();
            assertThat(repository.list(FileKind.SNAPSHOT)).containsExactly(parent);
            assertThat(repository.list(FileKind.INDEX))
                    .as("no index names packs that are gone")
                    .isEqualTo(indexes);
            isSound();
        }
        Id again = commit(Map.of("new", bytes(2, 100)));
        assertThat(repository.list(FileKind.SNAPSHOT)).contains(again);
        isSound();
    }

    @Test
    void noIndexIsWrittenOfPacksThatArePruned() throws Exception {
        Set<Id> packs = repository.list(FileKind.DATA);
        Set<Id> indexes = repository.list(FileKind.INDEX);
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            for (int i = 0; i < 3; i++) {
                commit.store(TestRepository.source(bytes(10 + i, 15 << 20))).get();
            }
            machine.sleep(60_000);
            awaitPacks(packs.size() + 1);
            remove(FileKind.DATA, packs);
            assertThatThrownBy(() -> commit.finish(TestRepository.snapshot(Id.sha256(), parent)))
                    .isInstanceOf(LockLostException.class);
        }
        assertThat(repository.list(FileKind.INDEX)).isEqualTo(indexes);
        isSound();
    }

    @Test
    void aParentThatWasForgottenMakesTheCommitVoid() throws Exception {
        before(FileKind.SNAPSHOT, () -> {
            machine.sleep(60_000);
            storage.delete(new FileName(FileKind.SNAPSHOT, parent));
        });
        assertThatThrownBy(() -> commit(Map.of("new", bytes(3, 100)))).isInstanceOf(LockLostException.class);
        assertThat(repository.list(FileKind.SNAPSHOT)).isEmpty();
        assertThat(repository.list(FileKind.LOCK)).isEmpty();
    }

    @Test
    void somebodyElsesLockMakesTheCommitVoid() throws Exception {
        try (Repository other = Repository.open(
                storage,
                TestRepository.PASSWORD,
                TestRepository.context(directory.resolve("other"), InstantSource.system(), machine))) {
            @Nullable RepositoryLock[] theirs = new @Nullable RepositoryLock[1];
            before(FileKind.SNAPSHOT, () -> {
                try {
                    remove(FileKind.LOCK, Set.of());
                    theirs[0] = other.lock(LockMode.EXCLUSIVE);
                } catch (RepositoryException e) {
                    throw new IllegalStateException(e);
                }
            });
            assertThatThrownBy(() -> commit(Map.of("new", bytes(4, 100)))).isInstanceOf(LockLostException.class);
            assertThat(repository.list(FileKind.SNAPSHOT)).containsExactly(parent);
        }
        isSound();
    }

    /** A first backup that lasts: each five minutes what is durable can be found; so also when it is broken off. */
    @Test
    void whatWasWrittenIsIndexedInTimeAndAtTheEnd() throws Exception {
        int before = repository.list(FileKind.INDEX).size();
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            for (int i = 0; i < 3; i++) {
                commit.store(TestRepository.source(bytes(20 + i, 15 << 20))).get();
            }
            awaitPacks(2);
            assertThat(repository.list(FileKind.INDEX)).hasSize(before);
        }
        assertThat(repository.list(FileKind.INDEX)).as("broken off").hasSize(before + 1);
        long known = repository.indexedBlobs();
        try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            machine.pass(TimeUnit.MINUTES.toNanos(6));
            for (int i = 3; i < 6; i++) {
                commit.store(TestRepository.source(bytes(20 + i, 15 << 20))).get();
            }
            awaitIndexes(before + 2);
            assertThat(repository.indexedBlobs()).isGreaterThan(known);
        }
        isSound();
    }

    private void awaitPacks(int count) throws Exception {
        while (repository.list(FileKind.DATA).size() < count) {
            LockSupport.parkNanos(100_000);
        }
    }

    private void awaitIndexes(int count) throws Exception {
        while (repository.list(FileKind.INDEX).size() < count) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** What passes within minutes is waited for; what does not ends the commit, as something that may pass. */
    @Test
    void aHiccupOfTheStorageIsWaitedFor() throws Exception {
        int[] refusals = new int[1];
        faulty.plan(
                StorageException.Kind.TRANSIENT,
                call -> call.is(Op.WRITE, FileKind.DATA) && refusals[0]++ < 5 ? Fate.REFUSED : Fate.WELL);
        commit(Map.of("new", bytes(5, 100)));
        assertThat(refusals[0]).isGreaterThan(5);
        faulty.plan(
                StorageException.Kind.TRANSIENT, call -> call.is(Op.WRITE, FileKind.DATA) ? Fate.REFUSED : Fate.WELL);
        long begun = machine.nanos();
        assertThatThrownBy(() -> commit(Map.of("new", bytes(6, 100))))
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.TRANSIENT));
        assertThat(machine.nanos() - begun)
                .isBetween(RetryingStorage.PATIENCE.toNanos(), 2 * RetryingStorage.PATIENCE.toNanos());
        faulty.mend();
        isSound();
    }

    private static byte[] bytes(int seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
