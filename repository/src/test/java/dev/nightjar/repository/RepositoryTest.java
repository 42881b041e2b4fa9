package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.LocalStorage;
import dev.nightjar.repository.storage.RecordingStorage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RepositoryTest {
    @TempDir
    Path directory;

    @Test
    void saysWhatIsWrongInTheOrderInWhichItIsLookedAt() throws Exception {
        LocalStorage storage = new LocalStorage(directory.resolve("repo"));
        byte[] wrong = "wrong".getBytes(StandardCharsets.UTF_8);
        RepositoryContext context = TestRepository.context(directory);
        assertThatThrownBy(() -> Repository.open(storage, wrong, context))
                .isInstanceOf(NoRepositoryException.class)
                .hasMessageContaining("no such directory");
        Files.createDirectory(directory.resolve("repo"));
        assertThatThrownBy(() -> Repository.open(storage, wrong, context))
                .isInstanceOf(NoRepositoryException.class)
                .hasMessageContaining("no file \"config\"");
        TestRepository.init(directory).close();
        assertThatThrownBy(() -> Repository.open(storage, wrong, context))
                .isInstanceOfSatisfying(
                        WrongPasswordException.class, e -> assertThat(e.keys()).isEqualTo(1));
        try (var keys = Files.list(directory.resolve("repo/keys"))) {
            Files.delete(keys.findFirst().orElseThrow());
        }
        assertThatThrownBy(() -> Repository.open(storage, wrong, context))
                .isInstanceOf(NoRepositoryException.class)
                .hasMessageContaining("no keys");
    }

    @Test
    void makesNoRepositoryWhereThereIsOne() throws Exception {
        TestRepository.init(directory).close();
        assertThatThrownBy(() -> TestRepository.init(directory)).isInstanceOf(RepositoryExistsException.class);
    }

    /** C16: another disk at the same place is not written to. */
    @Test
    void commitsOnlyToTheRepositoryThatWasOpened() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            byte[] config = storage.read(FileName.CONFIG);
            storage.delete(FileName.CONFIG);
            assertThatThrownBy(() -> repository.beginCommit(CommitOptions.DEFAULT))
                    .isInstanceOf(NoRepositoryException.class);
            config[20] ^= 1;
            storage.write(FileName.CONFIG, ByteBuffer.wrap(config));
            assertThatThrownBy(() -> repository.beginCommit(CommitOptions.DEFAULT))
                    .isInstanceOf(NoRepositoryException.class);
        }
    }

    /** A small index can speak of gigabytes; room is made for what is there. */
    @Test
    void noRoomIsMadeForWhatAPackCannotHold() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            TestRepository.commit(repository, Map.of("a", new byte[100]));
            Id pack = repository.list(FileKind.DATA).iterator().next();
            PackLocation lie = new PackLocation(pack, BlobType.DATA, pack, 0, Integer.MAX_VALUE - 8, 0);
            assertThatThrownBy(() -> repository.readBlob(lie)).isInstanceOf(CorruptException.class);
            try (PackReaders readers = repository.packReaders(1000)) {
                PackReader reader = readers.take();
                assertThatThrownBy(() -> reader.load(pack, 0, lie.length())).isInstanceOf(CorruptException.class);
                readers.give(reader);
            }
        }
    }

    @Test
    void anExclusiveLockStandsAgainstAllAndASharedOneAgainstExclusive() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            try (RepositoryLock lock = repository.lock(LockMode.EXCLUSIVE)) {
                assertThat(lock.isHeld()).isTrue();
                assertThatThrownBy(() -> repository.lock(LockMode.SHARED))
                        .isInstanceOfSatisfying(
                                LockedException.class,
                                e -> assertThat(e.holder().hostname()).isEqualTo("testhost"));
            }
            try (RepositoryLock one = repository.lock(LockMode.SHARED);
                    RepositoryLock two = repository.lock(LockMode.SHARED)) {
                assertThat(one.isHeld() && two.isHeld()).isTrue();
                assertThatThrownBy(() -> repository.lock(LockMode.EXCLUSIVE)).isInstanceOf(LockedException.class);
                one.refresh();
                assertThat(one.isHeld()).isTrue();
                assertThat(repository.list(FileKind.LOCK)).hasSize(2);
            }
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
        }
    }

    @Test
    void aReaderLocksWhereItCan() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        RepositoryContext context = TestRepository.context(directory);
        try (Repository repository = TestRepository.init(storage, context)) {
            assertThat(repository.lockForReading()).isNotNull();
            assertThat(repository.list(FileKind.LOCK)).hasSize(1);
        }
        try (Repository repository = Repository.open(storage, TestRepository.PASSWORD, context)) {
            assertThat(repository.list(FileKind.LOCK))
                    .as("a reader that was stopped")
                    .isEmpty();
            try (RepositoryLock _ = repository.lock(LockMode.EXCLUSIVE)) {
                assertThatThrownBy(repository::lockForReading).isInstanceOf(LockedException.class);
            }
            storage.leaveRoomFor(0);
            assertThat(repository.lockForReading()).as("no room for a lock").isNull();
        }
    }

    /** A machine that slept: the wall clock went on, and others may have thought our lock stale. */
    @Test
    void aLockLeftAloneTooLongIsLost() throws Exception {
        Instant[] now = {Instant.parse("2026-01-01T00:00:00Z")};
        RepositoryContext context = TestRepository.context(directory, () -> now[0]);
        try (Repository repository = TestRepository.init(new RecordingStorage(), context);
                RepositoryLock lock = repository.lock(LockMode.SHARED)) {
            now[0] = now[0].plus(Duration.ofMinutes(22));
            assertThat(lock.isHeld()).isTrue();
            assertThat(repository.unlock(false)).isZero();
            now[0] = now[0].plus(Duration.ofMinutes(9));
            assertThat(lock.isHeld()).isFalse();
            assertThat(repository.unlock(false)).isEqualTo(1);
        }
    }

    @Test
    void anotherProcessesIndexesAreSeenAndVanishedOnesForgotten() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        byte[] content = {1, 2, 3};
        try (Repository one = TestRepository.init(storage, TestRepository.context(directory));
                Repository two = Repository.open(storage, TestRepository.PASSWORD, TestRepository.context(directory))) {
            TestRepository.commit(one, Map.of("a", content));
            assertThat(two.locate(BlobType.DATA, Id.sha256(content))).isNull();
            two.loadIndex();
            assertThat(two.loadBlob(BlobType.DATA, Id.sha256(content))).isEqualTo(content);
            storage.delete(new FileName(
                    FileKind.INDEX, one.list(FileKind.INDEX).iterator().next()));
            two.loadIndex();
            assertThat(two.locate(BlobType.DATA, Id.sha256(content))).isNull();
            assertThat(two.indexedBlobs()).isZero();
        }
        // The first one kept its index; it is seen to be out of date.
        try (Repository again = Repository.open(storage, TestRepository.PASSWORD, TestRepository.context(directory))) {
            assertThat(again.indexedBlobs()).isEqualTo(2);
            again.loadIndex();
            assertThat(again.indexedBlobs()).isZero();
        }
    }

    @Test
    void aCacheThatIsBrokenIsMadeAgain() throws Exception {
        Id id;
        try (Repository repository = TestRepository.init(directory)) {
            id = repository.id();
            TestRepository.commit(repository, Map.of("a", new byte[] {1}));
        }
        Path cache = directory.resolve("cache").resolve(id.hex()).resolve("index");
        for (String file : new String[] {"state", "entries"}) {
            byte[] bytes = Files.readAllBytes(cache.resolve(file));
            Files.write(cache.resolve(file), java.util.Arrays.copyOf(bytes, bytes.length / 2));
            try (Repository repository = TestRepository.open(directory)) {
                assertThat(repository.indexedBlobs()).isIn(0L, 2L);
                repository.loadIndex();
                assertThat(repository.indexedBlobs()).isEqualTo(2);
                assertThat(repository.loadBlob(BlobType.DATA, Id.sha256(new byte[] {1})))
                        .isEqualTo(new byte[] {1});
            }
        }
    }

    @Test
    void damageIsFoundAndNamed() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            Id snapshot = TestRepository.commit(repository, Map.of("a", new byte[] {1}));
            for (FileKind kind : new FileKind[] {FileKind.SNAPSHOT, FileKind.INDEX}) {
                Id id = repository.list(kind).iterator().next();
                byte[] bytes = storage.read(new FileName(kind, id));
                bytes[bytes.length / 2] ^= 4;
                storage.write(new FileName(kind, id), ByteBuffer.wrap(bytes));
                assertThatThrownBy(() -> repository.loadFile(kind, id))
                        .isInstanceOf(CorruptException.class)
                        .hasMessageContaining(id.hex());
            }
            assertThatThrownBy(() -> repository.snapshot(snapshot)).isInstanceOf(CorruptException.class);
        }
    }
}
