package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.check.CheckListener;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.check.ReadData;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.format.PackHeader;
import dev.nightjar.repository.repair.IndexRepair;
import dev.nightjar.repository.repair.RepairListener;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.LocalStorage;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Repositories as others make them are read, written to by their own rules, and else left as they are. */
@Tag("restic")
final class UnusualRepositoriesTest {
    @TempDir
    Path directory;

    private Path source = Path.of("/");
    private Restic restic = new Restic(Path.of("/"));

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        restic = new Restic(directory.resolve("repo"));
        byte[] content = new byte[1_500_000];
        new Random(1).nextBytes(content);
        Files.write(Files.createDirectories(source.resolve("a/b")).resolve("random"), content);
        Files.writeString(source.resolve("a/text"), "compressible ".repeat(50_000));
        Files.createSymbolicLink(source.resolve("link"), Path.of("a/text"));
        Files.writeString(source.resolve("empty"), "");
    }

    private void isSound(Repository repository) throws Exception {
        CheckReport report = new Checker(repository).check(new ReadData.All(), CheckListener.NONE);
        assertThat(report.errors()).isEmpty();
    }

    /** The first snapshot, restored by us, is the source. */
    private void restores(Repository repository) throws Exception {
        repository.loadIndex();
        Id tree = repository.snapshots().getFirst().tree();
        for (Path part : source.toAbsolutePath()) {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
            Node node = Objects.requireNonNull(reader.next());
            assertThat(node.name().toString()).isEqualTo(part.toString());
            tree = Objects.requireNonNull(node.subtree());
        }
        Path out = Files.createTempDirectory(directory, "out");
        try (Directory into = Directory.open(BytePath.of(out.toString()))) {
            assertThat(new Restorer(repository, RestoreOptions.defaults())
                            .restore(tree, into)
                            .problems())
                    .isEmpty();
        }
        assertThat(TreeComparer.compare(
                        BytePath.of(source.resolve("a").toString()),
                        BytePath.of(out.resolve("a").toString())))
                .isEmpty();
        assertThat(out.resolve("link")).isSymbolicLink();
        assertThat(out.resolve("empty")).isEmptyFile();
    }

    private MasterKey master(Path repo) throws Exception {
        try (var keys = Files.list(repo.resolve("keys"))) {
            Path file = keys.findFirst().orElseThrow();
            return Objects.requireNonNull(KeyFile.decode("key", Files.readAllBytes(file))
                    .open("key", TestRepository.PASSWORD, new SecureRandom()));
        }
    }

    /** Version 1 knows no compression: what we add to it has none, and restic reads it. */
    @Test
    void versionOneStaysVersionOne() throws Exception {
        restic.run("init", "--repository-version", "1");
        restic.run("backup", source.toString());
        try (Repository repository = TestRepository.open(directory)) {
            assertThat(repository.version()).isEqualTo(1);
            restores(repository);
            TestRepository.commit(
                    repository, Map.of("ours", "compressible ".repeat(9000).getBytes(StandardCharsets.UTF_8)));
            repository.storage().list(FileKind.DATA, (pack, size) -> {
                for (PackLocation blob : repository.readPackHeader(pack, size)) {
                    assertThat(blob.rawLength()).isZero();
                }
            });
            for (FileKind kind : List.of(FileKind.INDEX, FileKind.SNAPSHOT)) {
                MasterKey key = master(directory.resolve("repo"));
                List<Id> ids = new ArrayList<>();
                repository.storage().list(kind, (id, _) -> ids.add(id));
                for (Id id : ids) {
                    byte[] plain = new Envelope(key, new SecureRandom())
                            .open(repository.storage().read(new FileName(kind, id)));
                    assertThat(plain[0]).isEqualTo((byte) '{');
                }
            }
            isSound(repository);
        }
        assertThat(restic.run("check", "--read-data")).contains("no errors were found");
    }

    @Test
    void packsWithoutCompressionAreRead() throws Exception {
        restic.run("init", "--repository-version", "2");
        restic.run("backup", "--compression", "off", source.toString());
        try (Repository repository = TestRepository.open(directory)) {
            restores(repository);
            isSound(repository);
        }
    }

    /** Also rustic's fields in the config, and files that nobody knows. */
    @Test
    void manyKeysAndWhatWeDoNotKnowAreLeftAsTheyAre() throws Exception {
        TestRepository.init(directory).close();
        Path repo = directory.resolve("repo");
        MasterKey master = master(repo);
        SecureRandom random = new SecureRandom();
        for (int i = 0; i < 19; i++) {
            byte[] key = KeyFile.create(
                            master,
                            ("p" + i).getBytes(StandardCharsets.UTF_8),
                            new KeyFile.Cost(16, 8, 1),
                            Instant.EPOCH,
                            "u",
                            "h",
                            random)
                    .encode();
            Files.write(repo.resolve("keys").resolve(Id.sha256(key).hex()), key);
        }
        Envelope envelope = new Envelope(master, random);
        String config = new String(envelope.open(Files.readAllBytes(repo.resolve("config"))), StandardCharsets.UTF_8);
        writeConfig(
                repo, envelope, config.replace("}", ",\"compression\":3,\"treepack_size\":9,\"extra_verify\":true}"));
        List<String> strange =
                List.of("foo", "data/README", "index/notanid", "snapshots/.tmp", "lost+found/x", "data/zz/y");
        for (String name : strange) {
            Path file = repo.resolve(name);
            Files.createDirectories(Objects.requireNonNull(file.getParent()));
            Files.writeString(file, "not ours");
        }
        restic.run("backup", source.toString());
        try (Repository repository = Repository.open(
                new LocalStorage(repo), "p18".getBytes(StandardCharsets.UTF_8), TestRepository.context(directory))) {
            restores(repository);
            TestRepository.commit(repository, Map.of("ours", new byte[] {1, 2, 3}));
            isSound(repository);
            assertThat(repository.snapshots()).hasSize(2);
        }
        for (String name : strange) {
            assertThat(repo.resolve(name)).hasContent("not ours");
        }
    }

    /** rustic's mark for a repository from which nothing may be removed. */
    @Test
    void anAppendOnlyRepositoryIsNotRewritten() throws Exception {
        TestRepository.init(directory).close();
        Path repo = directory.resolve("repo");
        Envelope envelope = new Envelope(master(repo), new SecureRandom());
        String config = new String(envelope.open(Files.readAllBytes(repo.resolve("config"))), StandardCharsets.UTF_8);
        writeConfig(repo, envelope, config.replace("}", ",\"append_only\":true}"));
        try (Repository repository = TestRepository.open(directory)) {
            TestRepository.commit(repository, Map.of("ours", new byte[] {1, 2, 3}));
            assertThatThrownBy(() -> Rewriting.begin(repository))
                    .isInstanceOf(UnsupportedRepositoryException.class)
                    .hasMessageContaining("append-only");
            isSound(repository);
        }
    }

    private static void writeConfig(Path repo, Envelope envelope, String json) throws Exception {
        Path file = repo.resolve("config");
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.write(file, envelope.seal(json.getBytes(StandardCharsets.UTF_8)));
    }

    /** Old index fields, a pack of trees and data, and a blob that is in two packs. */
    @Test
    void mixedPacksDuplicatesAndOldIndexes() throws Exception {
        restic.run("init", "--repository-version", "1");
        restic.run("backup", source.toString());
        try (Repository repository = TestRepository.open(directory);
                Rewriting rewriting = Rewriting.begin(repository)) {
            repository.loadIndex();
            Envelope envelope = repository.unpacked().envelope();
            List<PackLocation> all = new ArrayList<>();
            repository.storage().list(FileKind.DATA, (pack, size) -> all.addAll(repository.readPackHeader(pack, size)));
            PackHeader header = new PackHeader();
            ByteArrayOutputStream pack = new ByteArrayOutputStream();
            for (PackLocation blob : all) {
                FileName name = new FileName(FileKind.DATA, blob.pack());
                pack.writeBytes(repository.storage().readRange(name, blob.offset(), blob.length()));
                header.add(blob.type(), blob.blob(), blob.length(), blob.rawLength());
            }
            pack.writeBytes(header.seal(envelope));
            Id id = Id.sha256(pack.toByteArray());
            repository.storage().write(new FileName(FileKind.DATA, id), ByteBuffer.wrap(pack.toByteArray()));
            StringBuilder blobs = new StringBuilder();
            for (PackLocation blob : header.locations(id)) {
                blobs.append(blobs.isEmpty() ? "" : ",")
                        .append("{\"id\":\"" + blob.blob().hex() + "\",\"type\":\"")
                        .append(blob.type() == BlobType.TREE ? "tree" : "data")
                        .append("\",\"offset\":" + blob.offset() + ",\"length\":" + blob.length() + "}");
            }
            String index = "{\"supersedes\":[\"" + Id.sha256().hex() + "\"],\"packs\":[{\"id\":\"" + id.hex()
                    + "\",\"blobs\":[" + blobs + "]}]}";
            Unpacked unpacked = repository.unpacked();
            unpacked.write(FileKind.INDEX, unpacked.seal(index.getBytes(StandardCharsets.UTF_8)));
            // Of what is twice, one may go: everything is still there.
            for (PackLocation blob : all) {
                rewriting.remove(FileKind.DATA, blob.pack());
            }
            IndexRepair repair = new IndexRepair(repository, RepairListener.NONE);
            repair.apply(repair.plan(false, Set.of()), rewriting);
        }
        try (Repository repository = TestRepository.open(directory)) {
            restores(repository);
            CheckReport report = new Checker(repository).check(new ReadData.All(), CheckListener.NONE);
            assertThat(report.errors()).isEmpty();
            assertThat(report.hints()).anyMatch(hint -> hint.contains("holds trees and data"));
        }
    }
}
