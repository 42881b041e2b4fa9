package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommitTest {
    @TempDir
    Path directory;

    private final RecordingStorage storage = new RecordingStorage();

    private Repository init() throws RepositoryException {
        return TestRepository.init(storage, TestRepository.context(directory));
    }

    /** C14: packs, then indexes, then the snapshot, and what a cut at any instant leaves can be used. */
    @Test
    void writesInAnOrderThatSurvivesACutAtAnyInstant() throws Exception {
        Map<String, byte[]> files = Map.of("a", random(1, 20 << 20), "b", random(2, 100));
        int before;
        try (Repository repository = init()) {
            before = storage.operations().size();
            TestRepository.commit(repository, files);
        }
        List<RecordingStorage.Operation> operations = storage.operations();
        List<FileKind> kinds = new ArrayList<>();
        for (RecordingStorage.Operation operation : operations.subList(before, operations.size())) {
            if (kinds.isEmpty() || kinds.getLast() != operation.name().kind()) {
                kinds.add(operation.name().kind());
            }
        }
        assertThat(kinds)
                .containsExactly(FileKind.LOCK, FileKind.DATA, FileKind.INDEX, FileKind.SNAPSHOT, FileKind.LOCK);
        for (int cut = before; cut <= operations.size(); cut++) {
            RecordingStorage past = storage.after(cut);
            Path place = directory.resolve("cut" + cut);
            try (Repository repository =
                    Repository.open(past, TestRepository.PASSWORD, TestRepository.context(place))) {
                for (Snapshot snapshot : repository.snapshots()) {
                    repository.loadIndex();
                    assertThat(repository.loadBlob(BlobType.TREE, snapshot.tree()))
                            .isNotEmpty();
                }
                repository.unlock(true);
                TestRepository.commit(repository, files);
                assertThat(repository.snapshots()).isNotEmpty();
            }
        }
    }

    /** C15: a bit that flips between sealing and writing is caught, and only that safeguard catches it. */
    @Test
    void catchesABitFlippedAfterSealing() throws Exception {
        BlobEncoder.Tampering flip = (bytes, length) -> bytes[length / 2] ^= 1;
        for (byte[] content : List.of(random(3, 1000), random(4, 3 << 20), new byte[700_000])) {
            try (Repository repository = TestRepository.init(
                    new RecordingStorage(), TestRepository.context(directory.resolve("c" + content.length)))) {
                try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT, flip, true)) {
                    Future<FileContent> future = commit.store(TestRepository.source(content));
                    assertThatThrownBy(() -> {
                                future.get();
                                commit.finish(TestRepository.snapshot(Id.sha256(), null));
                            })
                            .hasStackTraceContaining("came out of encryption damaged");
                    assertThatThrownBy(() -> commit.finish(TestRepository.snapshot(Id.sha256(), null)))
                            .isInstanceOf(CorruptException.class);
                }
                assertThat(repository.list(FileKind.DATA)).isEmpty();
                assertThat(repository.list(FileKind.LOCK)).isEmpty();
                try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT, flip, false)) {
                    commit.store(TestRepository.source(content)).get();
                    commit.finish(TestRepository.snapshot(Id.sha256(), null));
                }
                assertThat(repository.snapshots()).hasSize(1);
                assertThatThrownBy(() -> repository.loadBlob(BlobType.DATA, Id.sha256(content)))
                        .isInstanceOf(CorruptException.class);
            }
        }
    }

    @Test
    void aFullStorageAbortsTheCommitAndLeavesNothingVisible() throws Exception {
        try (Repository repository = init()) {
            storage.leaveRoomFor(20 << 20);
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                assertThatThrownBy(() -> {
                            for (int i = 0; i < 30; i++) {
                                commit.store(TestRepository.source(random(i, 2 << 20)));
                            }
                            commit.finish(TestRepository.snapshot(Id.sha256(), null));
                        })
                        .isInstanceOfSatisfying(
                                StorageException.class,
                                e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.NO_SPACE));
            }
            assertThat(repository.list(FileKind.SNAPSHOT)).isEmpty();
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
            storage.leaveRoomFor(Long.MAX_VALUE);
            // What was taken on and never indexed is stored again.
            TestRepository.commit(repository, Map.of("a", random(0, 2 << 20)));
            assertThat(repository.loadBlob(
                            BlobType.TREE, repository.snapshots().getFirst().tree()))
                    .isNotEmpty();
        }
    }

    @Test
    void aFileThatFailsDoesNotHarmTheOthers() throws Exception {
        try (Repository repository = init();
                Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            IOException mine = new IOException("vanished");
            Future<FileContent> bad = commit.store(TestRepository.failing(mine));
            Future<FileContent> unclosable = commit.store(() -> new ByteSource() {
                @Override
                public int read(byte[] buffer, int offset, int length) {
                    return -1;
                }

                @Override
                public void close() throws IOException {
                    throw mine;
                }
            });
            Future<FileContent> good = commit.store(TestRepository.source(random(1, 100)));
            assertThatThrownBy(bad::get).isInstanceOf(ExecutionException.class).hasCause(mine);
            assertThatThrownBy(unclosable::get).hasCause(mine);
            assertThat(good.get().size()).isEqualTo(100);
            commit.finish(TestRepository.snapshot(Id.sha256(), null));
            assertThat(commit.counters().filesRead()).isEqualTo(1);
        }
    }

    @Test
    void storesABlobOnce() throws Exception {
        byte[] content = random(1, 3 << 20);
        try (Repository repository = init()) {
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                List<Future<FileContent>> futures = new ArrayList<>();
                for (int i = 0; i < 20; i++) {
                    futures.add(commit.store(TestRepository.source(content)));
                }
                for (Future<FileContent> future : futures) {
                    assertThat(future.get()).isEqualTo(futures.getFirst().get());
                }
                byte[] tree = "{\"nodes\":[]}\n".getBytes(StandardCharsets.UTF_8);
                assertThat(commit.storeTree(ByteBuffer.wrap(tree))).isEqualTo(commit.storeTree(ByteBuffer.wrap(tree)));
                commit.finish(TestRepository.snapshot(Id.sha256(tree), null));
                assertThat(commit.counters().newTreeBlobs()).isEqualTo(1);
                int chunks = futures.getFirst().get().blobs().size();
                assertThat(commit.counters().newDataBlobs()).isEqualTo(chunks);
                assertThat(commit.counters().packs()).isEqualTo(2);
                assertThat(repository.indexedBlobs()).isEqualTo(chunks + 1);
            }
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                FileContent again = commit.store(TestRepository.source(content)).get();
                assertThat(commit.counters().newDataBlobs()).isZero();
                assertThat(commit.has(BlobType.DATA, again.blobs().getFirst())).isTrue();
                assertThat(commit.has(BlobType.TREE, again.blobs().getFirst())).isFalse();
            }
        }
    }

    @Test
    void aLargeTreeIsStoredWhetherItCompressesOrNot() throws Exception { // C15
        Map<Id, byte[]> trees = new HashMap<>();
        try (Repository repository = init()) {
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                for (String text : List.of(
                        "x".repeat(4 << 20),
                        HexFormat.of().formatHex(random(4, 1 << 20)),
                        Base64.getEncoder().encodeToString(random(5, 4 << 20)))) {
                    byte[] tree = text.getBytes(StandardCharsets.US_ASCII);
                    trees.put(commit.storeTree(ByteBuffer.wrap(tree)), tree);
                }
                commit.finish(TestRepository.snapshot(trees.keySet().iterator().next(), null));
            }
            for (Map.Entry<Id, byte[]> tree : trees.entrySet()) {
                assertThat(repository.loadBlob(BlobType.TREE, tree.getKey())).isEqualTo(tree.getValue());
            }
        }
    }

    @Test
    void manySmallFilesGetIndexesAtIntervals() throws Exception {
        try (Repository repository = init();
                Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
            byte[] noise = random(9, 1000);
            List<Future<FileContent>> futures = new ArrayList<>();
            for (int i = 0; i < 70_000; i++) {
                byte[] content = noise.clone();
                content[0] = (byte) i;
                content[1] = (byte) (i >> 8);
                content[2] = (byte) (i >> 16);
                futures.add(commit.store(TestRepository.source(content)));
            }
            for (Future<FileContent> future : futures) {
                assertThat(commit.has(BlobType.DATA, future.get().blobs().getFirst()))
                        .isTrue();
            }
            commit.finish(TestRepository.snapshot(Id.sha256(), null));
            assertThat(repository.list(FileKind.INDEX)).hasSizeBetween(1, 2);
            assertThat(repository.indexedBlobs()).isEqualTo(70_000);
        }
    }

    /** The window of design.md, section 6: with our lock gone and a needed pack gone, there is no snapshot. */
    @Test
    void aLostLockIsProvedOrTheCommitIsVoid() throws Exception {
        try (Repository repository = init()) {
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                commit.store(TestRepository.source(random(1, 100))).get();
                repository.unlock(true);
                commit.finish(TestRepository.snapshot(Id.sha256(), null));
            }
            Id first = repository.snapshots().getFirst().id();
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
            Id pack = repository.list(FileKind.DATA).iterator().next();
            try (Commit commit = repository.beginCommit(CommitOptions.DEFAULT)) {
                commit.store(TestRepository.source(random(1, 100))).get();
                repository.unlock(true);
                storage.delete(new FileName(FileKind.DATA, pack));
                assertThatThrownBy(() -> commit.finish(TestRepository.snapshot(Id.sha256(), null)))
                        .isInstanceOf(LockLostException.class);
            }
            assertThat(repository.list(FileKind.SNAPSHOT)).containsExactly(first);
            assertThat(repository.list(FileKind.LOCK)).isEmpty();
        }
    }

    private static byte[] random(long seed, int length) {
        byte[] bytes = new byte[length];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
