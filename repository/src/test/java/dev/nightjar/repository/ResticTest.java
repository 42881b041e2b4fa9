package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** restic reads what we write, and we read what restic writes. */
@Tag("restic")
final class ResticTest {
    @TempDir
    Path directory;

    @Test
    void resticAcceptsWhatWeWrite() throws Exception {
        Map<String, byte[]> files = files(3);
        Id snapshot;
        try (Repository repository = TestRepository.init(directory)) {
            snapshot = TestRepository.commit(repository, files);
        }
        Restic restic = new Restic(directory.resolve("repo"));
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        restic.run(
                "restore", snapshot.hex(), "--target", directory.resolve("out").toString());
        for (var file : files.entrySet()) {
            assertThat(Files.readAllBytes(directory.resolve("out").resolve(file.getKey())))
                    .as(file.getKey())
                    .isEqualTo(file.getValue());
        }
        assertThat(restic.run("snapshots", "--json"))
                .contains(snapshot.hex())
                .contains("2026-05-06T07:08:09.123456789Z");
    }

    @Test
    void weReadWhatResticWrites() throws Exception {
        for (String version : List.of("1", "2")) {
            Path place = Files.createDirectory(directory.resolve("v" + version));
            Path source = Files.createDirectory(place.resolve("source"));
            Map<String, byte[]> files = files(4);
            for (var file : files.entrySet()) {
                Files.write(source.resolve(file.getKey()), file.getValue());
            }
            Restic restic = new Restic(place.resolve("repo"));
            restic.run("init", "--repository-version", version);
            restic.run("backup", source.toString());
            try (Repository repository = TestRepository.open(place)) {
                assertThat(repository.version()).isEqualTo(Integer.parseInt(version));
                Snapshot snapshot = repository.snapshots().getFirst();
                assertThat(snapshot.paths()).containsExactly(source.toString());
                repository.loadIndex();
                assertThat(repository.loadBlob(BlobType.TREE, snapshot.tree())).isNotEmpty();
                long blobs = repository.indexedBlobs();
                // The same files again: every chunk is cut and named as restic did, so nothing is new.
                try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                    for (byte[] file : files.values()) {
                        for (Id id :
                                commit.store(TestRepository.source(file)).get().blobs()) {
                            assertThat(repository.loadBlob(BlobType.DATA, id)).isNotEmpty();
                        }
                    }
                    assertThat(commit.counters().newDataBlobs()).isZero();
                }
                repository
                        .storage()
                        .list(
                                dev.nightjar.repository.storage.FileKind.DATA,
                                (pack, size) -> repository
                                        .readPackHeader(pack, size)
                                        .forEach(blob -> assertThat(repository.locate(blob.type(), blob.blob()))
                                                .isEqualTo(blob)));
                // What we add to it, in either version, restic accepts.
                TestRepository.commit(repository, files(9));
                assertThat(repository.indexedBlobs()).isGreaterThan(blobs);
            }
            assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        }
    }

    /** Both ways: a foreign exclusive lock stops us, and ours stops restic's exclusive commands. */
    @Test
    void locksAreRespected() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            TestRepository.commit(repository, files(5));
            Restic restic = new Restic(directory.resolve("repo"));
            RepositoryLock lock = repository.lock(LockMode.SHARED);
            assertThat(restic.tryRun("prune").exit()).isNotZero();
            assertThat(restic.tryRun("prune").output())
                    .contains("already locked")
                    .contains("testhost");
            restic.run("snapshots");
            assertThat(lock.isHeld()).isTrue();
            restic.run("unlock", "--remove-all");
            assertThat(lock.isHeld()).isFalse();
            lock.close();
            restic.run("prune");
            restic.run("check");
        }
    }

    private static Map<String, byte[]> files(long seed) {
        Random random = new Random(seed);
        Map<String, byte[]> files = new TreeMap<>();
        files.put("empty", new byte[0]);
        files.put("zeros", new byte[3 << 20]);
        for (int size : new int[] {1, 100, 4096, 524_287, 524_288, 524_289, 20 << 20}) {
            byte[] content = new byte[size];
            random.nextBytes(content);
            files.put("random" + size, content);
        }
        byte[] text = new byte[5 << 20];
        for (int i = 0; i < text.length; i++) {
            text[i] = (byte) ('a' + random.nextInt(4));
        }
        files.put("text", text);
        return files;
    }
}
