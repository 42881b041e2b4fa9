package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Locks that were left behind, that were lost, and clocks that differ. */
@SuppressWarnings("NullAway.Init")
final class LocksTest {
    @TempDir
    Path directory;

    private final RecordingStorage storage = new RecordingStorage();
    private final TestMachine machine = new TestMachine();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final List<Repository> open = new ArrayList<>();

    @BeforeEach
    void make() throws Exception {
        TestRepository.init(storage, context("state", machine)).close();
    }

    @AfterEach
    void leave() {
        open.forEach(Repository::close);
    }

    private RepositoryContext context(String state, Machine on) {
        return TestRepository.context(directory.resolve(state), clock, on);
    }

    private Repository open(String state, Machine on) throws RepositoryException {
        return Repository.open(storage, TestRepository.PASSWORD, context(state, on));
    }

    /** A lock of a process that is killed: its repository is never closed. */
    private void leaveLock(LockMode mode) throws RepositoryException {
        Repository killed = open("state", machine);
        open.add(killed);
        assertThat(killed.lock(mode).isHeld()).isTrue();
    }

    private void isRemovedByItself(String state) throws RepositoryException {
        try (Repository repository = open(state, machine);
                RepositoryLock _ = repository.lock(LockMode.EXCLUSIVE)) {
            assertThat(repository.list(FileKind.LOCK)).hasSize(1);
        }
    }

    private void stands(String state) throws RepositoryException {
        try (Repository repository = open(state, machine)) {
            assertThatThrownBy(() -> repository.lock(LockMode.SHARED)).isInstanceOf(LockedException.class);
            assertThat(repository.list(FileKind.LOCK)).hasSize(1);
        }
    }

    @Test
    void ourOwnLockOfAProcessThatEndedIsRemoved() throws Exception {
        leaveLock(LockMode.EXCLUSIVE);
        machine.become(200, 2000);
        stands("state");
        machine.end(100);
        isRemovedByItself("state");
    }

    @Test
    void aProcessIdThatIsAnothersNowIsNoProof() throws Exception {
        leaveLock(LockMode.EXCLUSIVE);
        machine.become(200, 2000);
        machine.become(100, 3000);
        isRemovedByItself("state");
    }

    @Test
    void ourOwnLockFromBeforeARestartIsRemoved() throws Exception {
        leaveLock(LockMode.SHARED);
        machine.reboot();
        isRemovedByItself("state");
    }

    /** Only by unlock, and by that only what is known to be dead. */
    @Test
    void whatIsNotOursIsLeftAlone() throws Exception {
        leaveLock(LockMode.EXCLUSIVE);
        machine.become(200, 2000);
        machine.end(100);
        stands("another-state");
        machine.moveTo("pid:[2]");
        stands("state");
        try (Repository repository = open("state", machine)) {
            assertThat(repository.unlock(false))
                    .as("of another container, for all we know alive")
                    .isZero();
            now = now.plus(Duration.ofMinutes(31));
            stands("state");
            assertThat(repository.unlock(false)).isEqualTo(1);
        }
    }

    @Test
    void aDamagedLockIsRemovedWhenItIsOld() throws Exception {
        Id id = Id.sha256(new byte[] {1});
        storage.clock(clock);
        storage.write(new FileName(FileKind.LOCK, id), ByteBuffer.wrap(new byte[100]));
        try (Repository repository = open("state", machine)) {
            assertThatThrownBy(() -> repository.lock(LockMode.SHARED))
                    .isInstanceOfSatisfying(
                            CorruptException.class, e -> assertThat(e.advice()).startsWith("nightjar unlock"));
            assertThat(repository.unlock(false)).isZero();
            now = now.plus(Duration.ofMinutes(31));
            assertThat(repository.unlock(false)).isEqualTo(1);
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
        }
    }

    @Test
    void aLockThatCouldNotBeRemovedIsRemovedLater() throws Exception {
        FaultyStorage faulty = new FaultyStorage(storage);
        try (Repository repository = Repository.open(faulty, TestRepository.PASSWORD, context("state", machine))) {
            RepositoryLock lock = repository.lock(LockMode.EXCLUSIVE);
            faulty.plan(
                    StorageException.Kind.OTHER, call -> call.is(Op.DELETE, FileKind.LOCK) ? Fate.REFUSED : Fate.WELL);
            lock.close();
            assertThat(repository.list(FileKind.LOCK)).hasSize(1);
            faulty.mend();
            repository.lock(LockMode.EXCLUSIVE).close();
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
        }
    }

    /** The machine slept, and others may have pruned: what a jump of BOOTTIME against MONOTONIC says. */
    @Test
    void sleepLosesALock() throws Exception {
        try (Repository repository = open("state", machine);
                RepositoryLock lock = repository.lock(LockMode.SHARED)) {
            machine.sleep(1_000);
            assertThat(lock.isHeld()).isTrue();
            machine.sleep(10_000);
            assertThat(lock.isHeld()).isFalse();
        }
    }

    @Test
    void clocksFarApartAreRefusedUnlessNobodyElseIsThere() throws Exception {
        for (Duration apart : List.of(Duration.ofMinutes(-21), Duration.ofMinutes(21))) {
            storage.clock(() -> now.plus(apart));
            try (Repository repository = open("state", machine);
                    Repository other = open("another-state", machine);
                    RepositoryLock _ = repository.lock(LockMode.SHARED)) {
                assertThatThrownBy(() -> other.lock(LockMode.SHARED))
                        .isInstanceOf(LockedException.class)
                        .hasMessageContaining("21 min");
                assertThat(repository.list(FileKind.LOCK)).hasSize(1);
                storage.clock(() -> now.plus(apart.dividedBy(2)));
                other.lock(LockMode.SHARED).close();
            }
        }
    }

    /** What this machine says of itself. */
    @Test
    void thisMachineKnowsItsProcesses() throws Exception {
        Machine here = Machine.THIS;
        Process other = new ProcessBuilder("sleep", "100").start();
        Long started = here.started(other.pid());
        assertThat(started).isNotNull();
        assertThat(here.started(ProcessHandle.current().pid())).isLessThanOrEqualTo(started);
        other.destroyForcibly().waitFor();
        assertThat(here.started(other.pid())).isNull();
        assertThat(here.boot())
                .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/random/boot_id"))
                        .strip());
        assertThat(here.processes()).startsWith("pid:[");
        long slept = here.sleptMillis();
        here.pause(1_000_000);
        assertThat(here.sleptMillis() - slept).isBetween(-1_000L, 1_000L);
    }
}
