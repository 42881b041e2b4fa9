package dev.nightjar.repository.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockMode;
import dev.nightjar.repository.LockedException;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Restic;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.check.CheckError;
import dev.nightjar.repository.check.CheckListener;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.check.ReadData;
import dev.nightjar.repository.repair.SnapshotRepair.Lost;
import dev.nightjar.repository.restore.TestBackup;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import dev.nightjar.repository.storage.RecordingStorage.Operation;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is repaired, restic calls sound. */
@Tag("restic")
final class RepairTest {
    @TempDir
    Path directory;

    private Path source = Path.of("/");
    private Restic restic = new Restic(Path.of("/"));

    @BeforeEach
    void makeSource() throws IOException {
        restic = new Restic(directory.resolve("repo"));
        source = directory.resolve("source/a");
        Files.createDirectories(source.resolve("b"));
        Files.write(source.resolve("b/large"), bytes(700_000, 1));
        Files.write(source.resolve("kept"), bytes(5000, 2));
    }

    private static byte[] bytes(int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private void save(Repository repository) throws Exception {
        TestBackup.save(repository, BytePath.of(directory.resolve("source").toString()));
    }

    /** Three snapshots, each with packs and an index file of its own. */
    private void make() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
            Files.write(source.resolve("second"), bytes(6000, 3));
            save(repository);
            Files.write(source.resolve("b/third"), bytes(7000, 4));
            save(repository);
        }
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("repo").resolve(kind))) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private Path largestPack() throws IOException {
        return files("data").stream()
                .max(Comparator.comparingLong(path -> path.toFile().length()))
                .orElseThrow();
    }

    private static void write(Path file, byte[] content) throws IOException {
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.write(file, content);
    }

    private CheckReport check() throws Exception {
        try (Repository repository = TestRepository.open(directory)) {
            return new Checker(repository).check(new ReadData.All(), CheckListener.NONE);
        }
    }

    private static IndexRepair indexRepair(Repository repository) {
        return new IndexRepair(repository, RepairListener.NONE);
    }

    private static SnapshotRepair.Result repairSnapshots(Repository repository, boolean forget) throws Exception {
        repository.loadIndex();
        try (Rewriting rewriting = Rewriting.begin(repository)) {
            return new SnapshotRepair(repository, RepairListener.NONE).repair(List.of(), rewriting, forget);
        }
    }

    private void repairIndex(boolean allHeaders) throws Exception {
        try (Repository repository = TestRepository.open(directory);
                Rewriting rewriting = Rewriting.begin(repository)) {
            IndexRepair repair = indexRepair(repository);
            repair.apply(repair.plan(allHeaders, Set.of()), rewriting);
            assertThat(indexRepair(repository).plan(false, Set.of()).isEmpty()).isTrue();
        }
    }

    private void isSound() throws Exception {
        CheckReport report = check();
        assertThat(report.errors()).isEmpty();
        assertThat(report.hints()).isEmpty();
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    }

    @Test
    void anIndexThatIsDamagedOrGoneIsMadeAgain() throws Exception {
        make();
        List<Path> index = files("index");
        Files.delete(index.get(0));
        byte[] bad = Files.readAllBytes(index.get(1));
        bad[bad.length / 2] ^= 1;
        write(index.get(1), bad);
        assertThat(check().isSound()).isFalse();
        repairIndex(false);
        assertThat(files("index")).hasSize(2).contains(index.get(2)).doesNotContain(index.get(1));
        isSound();
        repairIndex(true);
        assertThat(files("index")).hasSize(1).doesNotContain(index.get(2));
        isSound();
    }

    /** Packs in two index files, in one of them not whole. */
    @Test
    void aPackIsInOneIndexFile() throws Exception {
        make();
        try (Repository repository = TestRepository.open(directory);
                Rewriting rewriting = Rewriting.begin(repository)) {
            Map<Id, Long> packs = new TreeMap<>();
            repository.storage().list(FileKind.DATA, packs::put);
            for (Map.Entry<Id, Long> pack : packs.entrySet()) {
                List<PackLocation> blobs = repository.readPackHeader(pack.getKey(), pack.getValue());
                rewriting.writeIndex(Map.of(pack.getKey(), blobs.subList(0, 1)));
            }
        }
        assertThat(check().hints()).isNotEmpty();
        repairIndex(false);
        isSound();
    }

    @Test
    void whatIsLostLeavesTheSnapshots() throws Exception {
        make();
        Files.delete(largestPack());
        repairIndex(false);
        try (Repository repository = TestRepository.open(directory)) {
            repository.loadIndex();
            SnapshotRepair.Result seen = new SnapshotRepair(repository, RepairListener.NONE).look(List.of());
            assertThat(seen.damaged()).hasSize(3).allMatch(one -> one.repaired() == null);
            assertThat(seen.lost()).contains(new Lost(BytePath.of("/a/b/large"), false));
            assertThat(check().isSound()).isFalse();
            SnapshotRepair.Result done = repairSnapshots(repository, true);
            assertThat(done.lost()).containsExactlyInAnyOrderElementsOf(seen.lost());
            assertThat(done.damaged()).hasSize(3);
            assertThat(repository.snapshots()).hasSize(3).allSatisfy(snapshot -> {
                assertThat(snapshot.tags()).containsExactly("repaired");
                assertThat(snapshot.original()).isNotNull();
                assertThat(snapshot.hostname()).isEqualTo("testhost");
            });
        }
        assertThat(check().errors()).isEmpty();
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        Path out = directory.resolve("out");
        restic.run("restore", "latest", "--target", out.toString());
        assertThat(out.resolve("a/b")).isDirectory();
        assertThat(out.resolve("a/b/large")).doesNotExist();
    }

    @Test
    void aDirectoryWhoseTreeIsGoneIsEmpty() throws Exception {
        make();
        try (Repository repository = TestRepository.open(directory)) {
            repository.loadIndex();
            Id top = repository.snapshots().getLast().tree();
            Id lost = subtree(repository, subtree(repository, top, "a"), "b");
            Id pack = Objects.requireNonNull(repository.locate(BlobType.TREE, lost))
                    .pack();
            long size = repository.storage().size(new FileName(FileKind.DATA, pack));
            // The pack also has trees of which nothing must be lost.
            try (Rewriting rewriting = Rewriting.begin(repository)) {
                for (PackLocation blob : repository.readPackHeader(pack, size)) {
                    assertThat(blob.blob().equals(lost) || rewriting.copy(blob)).isTrue();
                }
                rewriting.flush();
                IndexRepair index = indexRepair(repository);
                index.apply(index.plan(false, Set.of(pack)), rewriting);
                rewriting.remove(FileKind.DATA, pack);
            }
            SnapshotRepair.Result done = repairSnapshots(repository, true);
            assertThat(done.lost()).containsExactly(new Lost(BytePath.of("/a/b"), true));
        }
        assertThat(check().errors()).isEmpty();
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
        assertThat(restic.run("ls", "latest")).contains("/a/b").contains("/a/kept");
    }

    private static Id subtree(Repository repository, Id tree, String name) throws Exception {
        TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node; (node = reader.next()) != null; ) {
            Id subtree = node.subtree();
            if (subtree != null && node.name().toString().equals(name)) {
                return subtree;
            }
        }
        throw new AssertionError("no " + name);
    }

    @Test
    void whatIsWholeInADamagedPackIsKept() throws Exception {
        make();
        Path pack = largestPack();
        byte[] bad = Files.readAllBytes(pack);
        Id id = Id.parse(pack.getFileName().toString());
        // One or two chunks of the large file, as the repository's random polynomial cuts it, and the small file.
        int blobs;
        try (Repository repository = TestRepository.open(directory)) {
            blobs = repository.readPackHeader(id, bad.length).size();
        }
        // The first blob, and the header: only the index knows what else there is.
        bad[50] ^= 1;
        bad[bad.length - 20] ^= 1;
        write(pack, Arrays.copyOf(bad, bad.length + 3));
        try (Repository repository = TestRepository.open(directory);
                Rewriting rewriting = Rewriting.begin(repository)) {
            PackRepair.Result result = new PackRepair(repository, RepairListener.NONE).repair(Set.of(id), rewriting);
            assertThat(result).isEqualTo(new PackRepair.Result(blobs - 1, 1));
        }
        assertThat(pack).doesNotExist();
        assertThat(check().errors()).extracting(CheckError::kind).containsOnly(CheckError.Kind.BLOB_MISSING);
        try (Repository repository = TestRepository.open(directory)) {
            repairSnapshots(repository, true);
        }
        assertThat(check().errors()).isEmpty();
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    }

    /** Fields that only other programs know stay, byte by byte. */
    @Test
    void unknownFieldsStay() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            String times = "\"mtime\":\"2020-01-01T00:00:00Z\",\"atime\":\"2020-01-01T00:00:00+01:00\","
                    + "\"ctime\":\"2020-01-01T00:00:00Z\",\"uid\":0,\"gid\":0";
            String kept = "{\"name\":\"kept\",\"type\":\"file\"," + times
                    + ",\"size\":1,\"content\":[\"@content\"],\"generic_attributes\":{\"x\": 1}}";
            String lost = "{\"name\":\"lost\",\"type\":\"file\"," + times + ",\"size\":1,\"content\":[\""
                    + Id.sha256().hex() + "\"]}";
            String top =
                    "{\"nodes\":[{\"name\":\"d\", \"type\":\"dir\"," + times + ",\"subtree\": \"@0\", \"later\":[]}]}";
            Snapshot before = TestBackup.ofTrees(
                    repository, List.of("{\"nodes\":[" + kept + "," + lost + "]}", top), new byte[] {1});
            repairSnapshots(repository, false);
            Snapshot after = repository.snapshots().stream()
                    .filter(one -> one.tags().contains("repaired"))
                    .findFirst()
                    .orElseThrow();
            assertThat(repository.snapshots()).hasSize(2);
            assertThat(after.original()).isEqualTo(before.id());
            Id below = subtree(repository, after.tree(), "d");
            assertThat(text(repository, after.tree())).isEqualTo(top.replace("@0", below.hex()) + "\n");
            String content = Id.sha256(new byte[] {1}).hex();
            assertThat(text(repository, below)).isEqualTo("{\"nodes\":[" + kept.replace("@content", content) + "]}\n");
        }
    }

    private static String text(Repository repository, Id tree) throws Exception {
        return new String(repository.loadBlob(BlobType.TREE, tree), StandardCharsets.UTF_8);
    }

    /** C14: what replaces something is there before it is removed, and a crash in between does no harm. */
    @Test
    void aCrashLeavesBothIndexes() throws Exception {
        RecordingStorage storage = new RecordingStorage();
        int begun;
        try (Repository repository = TestRepository.init(storage, TestRepository.context(directory))) {
            for (int i = 0; i < 3; i++) {
                TestRepository.commit(repository, Map.of("f" + i, bytes(1000, i)));
            }
            begun = storage.operations().size();
            try (Rewriting rewriting = Rewriting.begin(repository)) {
                IndexRepair repair = indexRepair(repository);
                repair.apply(repair.plan(true, Set.of()), rewriting);
            }
        }
        List<Operation> operations = storage.operations();
        List<Boolean> removals = operations.subList(begun, operations.size()).stream()
                .filter(operation -> operation.name().kind() == FileKind.INDEX)
                .map(Operation::removal)
                .toList();
        assertThat(removals).containsExactly(false, true, true, true);
        for (int count = begun; count <= operations.size(); count++) {
            RecordingStorage past = storage.after(count);
            try (Repository repository = Repository.open(
                    past, TestRepository.PASSWORD, TestRepository.context(directory.resolve("crash" + count)))) {
                repository.unlock(true);
                assertThat(new Checker(repository)
                                .check(new ReadData.All(), CheckListener.NONE)
                                .errors())
                        .isEmpty();
            }
        }
    }

    @Test
    void nobodyElseIsThereMeanwhile() throws Exception {
        make();
        try (Repository repository = TestRepository.open(directory);
                RepositoryLock _ = repository.lock(LockMode.SHARED)) {
            assertThatThrownBy(() -> Rewriting.begin(repository)).isInstanceOf(LockedException.class);
        }
    }
}
