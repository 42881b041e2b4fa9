package dev.nightjar.repository.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.restore.TestBackup;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CheckerTest {

    @TempDir
    Path directory;

    private Path source;

    @BeforeEach
    void makeSource() throws IOException {
        source = Files.createDirectories(directory.resolve("source"));
        Files.createDirectories(source.resolve("a/b"));
        for (int i = 0; i < 20; i++) {
            Files.write(source.resolve("a/f" + i), bytes(3000, i));
        }
        Files.write(source.resolve("a/b/large"), bytes(2_000_000, 99));
        Files.createSymbolicLink(source.resolve("link"), Path.of("x"));
        Files.writeString(source.resolve("empty"), "");
    }

    private static byte[] bytes(int size, int seed) {
        byte[] content = new byte[size];
        new Random(seed).nextBytes(content);
        return content;
    }

    private Snapshot save(Repository repository) throws Exception {
        return TestBackup.save(repository, BytePath.of(source.toString()));
    }

    private CheckReport check(boolean readData) throws Exception {
        try (Repository repository = TestRepository.open(directory)) {
            return new Checker(repository).check(readData, CheckListener.NONE);
        }
    }

    private List<Path> files(String kind) throws IOException {
        try (Stream<Path> all = Files.walk(directory.resolve("repo").resolve(kind))) {
            return new ArrayList<>(all.filter(Files::isRegularFile).sorted().toList());
        }
    }

    private Path dataPack() throws IOException {
        return files("data").stream()
                .max(Comparator.comparingLong(path -> path.toFile().length()))
                .orElseThrow();
    }

    private static void write(Path file, byte[] content) throws IOException {
        assertThat(file.toFile().setWritable(true)).isTrue();
        Files.write(file, content);
    }

    @Test
    void aSoundRepositoryIsSound() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
            Files.writeString(source.resolve("a/more"), "more");
            save(repository);
        }
        CheckReport report = check(true);
        assertThat(report.errors()).isEmpty();
        assertThat(report.hints()).isEmpty();
        assertThat(report.isSound()).isTrue();
        assertThat(report.snapshots()).isEqualTo(2);
        assertThat(report.trees()).isEqualTo(5);
        assertThat(report.files()).isEqualTo(1 + 1 + 20 + 21 + 1);
        assertThat(report.bytesRead()).isGreaterThan(2_000_000);
    }

    @Test
    void aRepositoryWithoutSnapshotsIsSound() throws Exception {
        TestRepository.init(directory).close();
        assertThat(check(true).isSound()).isTrue();
    }

    @Test
    void damagedContentIsFollowedToTheFilesOfAllSnapshots() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
            Files.writeString(source.resolve("later"), "later");
            save(repository);
        }
        Path pack = dataPack();
        byte[] content = Files.readAllBytes(pack);
        content[content.length / 2] ^= 1;
        write(pack, content);
        assertThat(check(false).isSound()).isTrue();
        CheckReport report = check(true);
        assertThat(report.errors()).hasSize(1);
        CheckError error = report.errors().getFirst();
        assertThat(error.kind()).isEqualTo(Kind.PACK);
        assertThat(error.subject())
                .isEqualTo("pack " + pack.getFileName().toString().substring(0, 8));
        assertThat(error.detail()).contains("does not match its name").contains("1 of ");
        assertThat(error.id()).isNotNull();
        assertThat(error.paths()).containsExactly(BytePath.of("/a/b/large"));
        assertThat(error.pathCount()).isEqualTo(1);
        assertThat(error.snapshots()).hasSize(2).allMatch(one -> one.hostname().equals("testhost"));
        assertThat(error.snapshotCount()).isEqualTo(2);
    }

    @Test
    void aMissingAndATruncatedPackAreFoundWithoutReadingData() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
        }
        Path pack = dataPack();
        byte[] content = Files.readAllBytes(pack);
        write(pack, Arrays.copyOf(content, content.length - 1));
        assertThat(check(false).errors()).extracting(CheckError::kind).containsExactly(Kind.PACK_SIZE);
        Files.delete(pack);
        CheckReport report = check(false);
        assertThat(report.errors()).extracting(CheckError::kind).containsExactly(Kind.PACK_MISSING);
        assertThat(report.errors().getFirst().paths()).contains(BytePath.of("/a/b/large"));
    }

    @Test
    void aMissingTreePackNamesTheDirectory() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
        }
        Path data = dataPack();
        for (Path pack : files("data")) {
            if (!pack.equals(data)) {
                Files.delete(pack);
            }
        }
        CheckReport report = check(false);
        assertThat(report.errors()).extracting(CheckError::kind).contains(Kind.PACK_MISSING, Kind.TREE);
        assertThat(report.errors().getFirst().paths()).containsExactly(BytePath.of("/"));
    }

    @Test
    void aPackThatNoIndexNamesIsAHint() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
            TestRepository.commit(repository, Map.of("x", bytes(100, 5)));
        }
        Path index = files("index").getLast();
        Path snapshot = null;
        for (Path each : files("snapshots")) {
            Files.delete(each);
            snapshot = each;
        }
        assertThat(snapshot).isNotNull();
        Files.delete(index);
        CheckReport report = check(true);
        assertThat(report.isSound()).isTrue();
        assertThat(report.hints()).hasSize(2).allMatch(hint -> hint.contains("named by no index"));
    }

    @Test
    void treesThatMakeNoSenseAreFound() throws Exception {
        String times = "\"mtime\":\"2020-01-01T00:00:00Z\",\"atime\":\"2020-01-01T00:00:00Z\","
                + "\"ctime\":\"2020-01-01T00:00:00Z\",\"uid\":0,\"gid\":0";
        try (Repository repository = TestRepository.init(directory)) {
            TestBackup.ofTrees(
                    repository,
                    List.of("{\"nodes\":[{\"name\":\"b\",\"type\":\"file\"," + times + ",\"content\":null},"
                            + "{\"name\":\"a\",\"type\":\"dir\"," + times + ",\"content\":null},"
                            + "{\"name\":\"..\",\"type\":\"file\"," + times + ",\"content\":[]},"
                            + "{\"name\":\"lost\",\"type\":\"file\"," + times + ",\"size\":1,\"content\":[\""
                            + Id.sha256().hex() + "\"]}]}"),
                    new byte[] {1});
        }
        CheckReport report = check(false);
        assertThat(report.errors())
                .extracting(CheckError::kind)
                .containsExactlyInAnyOrder(Kind.NODE, Kind.NODE, Kind.NODE, Kind.NODE, Kind.BLOB_MISSING);
        assertThat(report.errors().stream().flatMap(error -> error.paths().stream()))
                .contains(BytePath.of("/lost"), BytePath.of("/a"), BytePath.of("/b"), BytePath.of("/"));
    }

    /** C19: damage at 200 seeded places in every kind of file is found, and only ever as what it is. */
    @Test
    void damageAnywhereIsFound() throws Exception {
        try (Repository repository = TestRepository.init(directory)) {
            save(repository);
            Files.writeString(source.resolve("a/more"), "more");
            save(repository);
        }
        List<Path> all = new ArrayList<>();
        all.add(directory.resolve("repo/config"));
        for (String kind : List.of("keys", "snapshots", "index", "data")) {
            all.addAll(files(kind));
        }
        long seed = 20_261_124;
        Random random = new Random(seed);
        for (int i = 0; i < 200; i++) {
            Path file = all.get(i % all.size());
            byte[] good = Files.readAllBytes(file);
            String damage = damage(file, good, random);
            if (!isFound()) {
                fail("seed " + seed + ", place " + i + ": " + damage + " of " + file + " was not found");
            }
            Files.deleteIfExists(file);
            Files.write(file, good);
        }
        assertThat(check(true).isSound()).isTrue();
    }

    private static String damage(Path file, byte[] good, Random random) throws IOException {
        boolean mayVanish = !file.toString().contains("snapshots");
        return switch (random.nextInt(mayVanish ? 4 : 3)) {
            case 0 -> {
                int bit = random.nextInt(8 * good.length);
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                write(file, bad);
                yield "flipping bit " + bit;
            }
            case 1 -> {
                int length = random.nextInt(good.length);
                write(file, Arrays.copyOf(good, length));
                yield "cutting to " + length + " bytes";
            }
            case 2 -> {
                int at = random.nextInt(good.length);
                int length = Math.min(good.length - at, 1 + random.nextInt(512));
                byte[] bad = good.clone();
                Arrays.fill(bad, at, at + length, (byte) (good[at] + 1));
                write(file, bad);
                yield "overwriting " + length + " bytes at " + at;
            }
            default -> {
                Files.delete(file);
                yield "removing";
            }
        };
    }

    /** By an error in the report, or by a repository that does not open. */
    private boolean isFound() throws Exception {
        // The index is kept between runs: without it, as on another machine, more depends on the repository itself.
        new ProcessBuilder("rm", "-rf", directory.resolve("cache").toString())
                .start()
                .waitFor();
        try {
            return !check(true).isSound();
        } catch (RepositoryException e) {
            return true;
        }
    }
}
