package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.check.CheckError;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What rustic adds to restic's format: packs that are marked for deletion, which stay for a day or so and then go without
 * anybody's lock, and more fields of snapshots. Such packs are read, and never counted on.
 */
@SuppressWarnings("NullAway.Init")
final class RusticRepositoriesTest {
    @TempDir
    Path directory;

    private final RecordingStorage storage = new RecordingStorage();
    private final Map<String, byte[]> files = Map.of("a", bytes(1), "b", bytes(2));
    private Repository repository;
    private Set<Id> packs;

    @BeforeEach
    void build() throws Exception {
        repository = TestRepository.init(storage, TestRepository.context(directory));
        TestRepository.commit(repository, files);
        packs = repository.list(FileKind.DATA);
    }

    @AfterEach
    void leave() {
        repository.close();
    }

    /** One more index file, with all packs under this name. */
    private void writeIndex(String list) throws Exception {
        Map<Id, List<PackLocation>> all = new LinkedHashMap<>();
        for (Id pack : packs) {
            all.put(pack, repository.readPackHeader(pack, storage.size(new FileName(FileKind.DATA, pack))));
        }
        String json = new String(IndexFile.encode(all), StandardCharsets.UTF_8)
                .replace("\"packs\"", "\"" + list + "\"")
                .replace("\"blobs\"", "\"time\":\"2026-01-02T03:04:05+01:00\",\"size\":4711,\"blobs\"");
        write(FileKind.INDEX, json.replaceFirst("^\\{", "{\"packs\":[],"));
    }

    private Id write(FileKind kind, String json) throws Exception {
        Unpacked.Sealed sealed = repository.unpacked().seal(json.getBytes(StandardCharsets.UTF_8));
        repository.unpacked().write(kind, sealed);
        return sealed.id();
    }

    /** As after rustic's prune: no index counts on the packs any more. */
    private void markAll() throws Exception {
        Set<Id> old = repository.list(FileKind.INDEX);
        writeIndex("packs_to_delete");
        for (Id index : old) {
            storage.delete(new FileName(FileKind.INDEX, index));
        }
        repository.loadIndex();
    }

    private void removeMarked() throws Exception {
        for (Id pack : packs) {
            storage.delete(new FileName(FileKind.DATA, pack));
        }
    }

    private CheckReport check() throws Exception {
        return new Checker(repository).check(true, (stage, done, total) -> {});
    }

    private void isReadable(Snapshot snapshot) throws Exception {
        TreeReader tree = new TreeReader(repository.loadBlob(BlobType.TREE, snapshot.tree()));
        for (Node node; (node = tree.next()) != null; ) {
            Id content = Objects.requireNonNull(node.content()).getFirst();
            assertThat(repository.loadBlob(BlobType.DATA, content))
                    .isEqualTo(files.get(node.name().toString()));
        }
    }

    @Test
    void whatIsInMarkedPacksOnlyIsReadAndIsNoDamage() throws Exception {
        markAll();
        isReadable(repository.snapshots().getFirst());
        assertThat(check().errors()).isEmpty();
    }

    @Test
    void whatIsInMarkedPacksOnlyIsStoredAgain() throws Exception { // C14b
        markAll();
        TestRepository.commit(repository, files);
        Set<Id> added = new HashSet<>(repository.list(FileKind.DATA));
        added.removeAll(packs);
        assertThat(added).as("packs with the same blobs").isNotEmpty();
        removeMarked();
        for (Snapshot snapshot : repository.snapshots()) {
            isReadable(snapshot);
        }
        CheckReport report = check();
        assertThat(report.errors()).isEmpty();
        assertThat(report.hints()).hasSize(packs.size()).allMatch(hint -> hint.contains("marked for deletion"));
    }

    @Test
    void aMarkedPackThatIsGoneAndNeededIsDamage() throws Exception {
        Id data = null;
        for (Id pack : packs) {
            if (repository
                            .readPackHeader(pack, storage.size(new FileName(FileKind.DATA, pack)))
                            .getFirst()
                            .type()
                    == BlobType.DATA) {
                data = pack;
            }
        }
        markAll();
        storage.delete(new FileName(FileKind.DATA, Objects.requireNonNull(data)));
        CheckReport report = check();
        assertThat(report.errors()).hasSize(2).allSatisfy(error -> {
            assertThat(error.kind()).isEqualTo(CheckError.Kind.BLOB_MISSING);
            assertThat(error.detail()).contains("marked for deletion");
            assertThat(error.paths()).hasSize(1);
        });
    }

    /** rustic takes a mark back by naming the pack again: then it counts. */
    @Test
    void aPackThatIsMarkedHereAndUsedThereIsUsed() throws Exception {
        writeIndex("packs_to_delete");
        repository.loadIndex();
        TestRepository.commit(repository, files);
        assertThat(repository.list(FileKind.DATA)).isEqualTo(packs);
        CheckReport report = check();
        assertThat(report.errors()).isEmpty();
        assertThat(report.hints()).isEmpty();
    }

    @Test
    void snapshotsWithMoreFieldsAreRead() throws Exception {
        Snapshot ours = repository.snapshots().getFirst();
        Id id = write(
                FileKind.SNAPSHOT,
                "{\"time\":\"2026-07-11T01:14:00.5-04:00[America/New_York]\",\"program_version\":\"rustic"
                        + " 0.9\",\"tree\":\""
                        + ours.tree().hex()
                        + "\",\"label\":\"daily\",\"paths\":[\"/flat\"],\"hostname\":\"h\",\"username\":\"\","
                        + "\"uid\":0,\"gid\":0,\"tags\":[],\"delete\":{\"After\":\"2027-01-02T03:04:05Z\"},\"description\":\"d\",\"summary\":{\"files_new\":2,\"command\":\"rustic"
                        + " backup\",\"total_duration\":0.25,"
                        + "\"backup_start\":\"2026-07-11T05:14:00Z\",\"backup_end\":\"2026-07-11T05:14:01Z\"}}");
        Snapshot read = repository.snapshot(id);
        assertThat(read.time()).isEqualTo(Instant.parse("2026-07-11T05:14:00.5Z"));
        assertThat(Objects.requireNonNull(read.summary()).filesNew()).isEqualTo(2);
        assertThat(repository.snapshots()).hasSize(2);
        isReadable(read);
        assertThat(check().errors()).isEmpty();
        try (Rewriting rewriting = Rewriting.begin(repository)) {
            Id again = rewriting.writeSnapshot(id, ours.tree(), "repaired");
            assertThat(new String(repository.loadFile(FileKind.SNAPSHOT, again), StandardCharsets.UTF_8))
                    .contains("\"delete\":{\"After\":\"2027-01-02T03:04:05Z\"}", "\"label\":\"daily\"");
        }
    }

    /** A config that we cannot cut files by is no reason not to read. */
    @Test
    void aRepositoryThatIsCutOtherwiseIsReadAndNotWrittenTo() throws Exception {
        String config = new String(
                repository.unpacked().envelope().open(storage.read(FileName.CONFIG)), StandardCharsets.UTF_8);
        for (String other : List.of(
                "\"chunker\":\"fixed_size\"",
                "\"chunk_size\":1000000",
                "\"chunk_min_size\":8",
                "\"chunk_max_size\":2000000000")) {
            byte[] json = config.replace("}", "," + other + "}").getBytes(StandardCharsets.UTF_8);
            storage.write(
                    FileName.CONFIG,
                    ByteBuffer.wrap(repository.unpacked().envelope().seal(json)));
            try (Repository cut = Repository.open(
                    storage, TestRepository.PASSWORD, TestRepository.context(directory.resolve("cut")))) {
                assertThatThrownBy(() -> cut.beginCommit(CommitOptions.DEFAULT))
                        .as(other)
                        .isInstanceOf(UnsupportedRepositoryException.class);
                assertThat(new Checker(cut)
                                .check(true, (stage, done, total) -> {})
                                .errors())
                        .isEmpty();
            }
        }
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[2000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }
}
