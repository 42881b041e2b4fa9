package dev.nightjar.repository.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.testing.Aspect;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.restore.Problem.Reason;
import dev.nightjar.repository.tree.Node;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestorerTest {

    private static final String TIMES = "\"mtime\":\"2020-01-01T00:00:00Z\",\"atime\":\"2020-01-01T00:00:00Z\","
            + "\"ctime\":\"2020-01-01T00:00:00Z\",\"uid\":0,\"gid\":0";
    private static final String CONTENT =
            "\"type\":\"file\",\"mode\":420," + TIMES + ",\"size\":4,\"content\":[\"@content\"]";

    @TempDir
    Path directory;

    private Path source;
    private Path out;

    @BeforeEach
    void makeDirectories() throws Exception {
        source = Files.createDirectory(directory.resolve("source"));
        out = Files.createDirectory(directory.resolve("out"));
    }

    /** JUnit cannot remove paths longer than PATH_MAX. */
    @AfterEach
    void removeDeepDirectories() throws Exception {
        new ProcessBuilder("rm", "-rf", source.toString(), out.toString())
                .start()
                .waitFor();
    }

    private RestoreReport restore(Repository repository, Snapshot snapshot, Overwrite overwrite) throws Exception {
        try (Directory into = Directory.open(Zoo.path(out))) {
            RestoreOptions options = RestoreOptions.defaults().withOverwrite(overwrite);
            return new Restorer(repository, options).restore(snapshot.tree(), into);
        }
    }

    private static void assertNothingHalfWritten(Path below) throws Exception {
        try (Stream<Path> all = Files.walk(below)) {
            assertThat(all.filter(path -> path.getFileName().toString().startsWith(".nightjar-")))
                    .isEmpty();
        }
    }

    // C2, C18, C19
    @Test
    void theWholeZooComesBackAsItWas() throws Exception {
        try (Directory top = Directory.open(Zoo.path(source))) {
            top.makeDirectory(Name.of("zoo"), 0755);
            try (Directory zoo = top.openDirectory(Name.of("zoo"))) {
                Zoo.make(zoo);
            }
        }
        try (Repository repository = TestRepository.init(directory)) {
            RestoreReport report = restore(repository, TestBackup.save(repository, Zoo.path(source)), Overwrite.NEVER);
            assertThat(report.problems()).isEmpty();
            assertThat(report.kept()).isZero();
            assertThat(report.stopped()).isNull();
        }
        try (Directory expected = Directory.open(Zoo.path(source.resolve("zoo")));
                Directory actual = Directory.open(Zoo.path(out.resolve("zoo")))) {
            expected.unlink(Name.of("socket"));
            EnumSet<Aspect> all = EnumSet.complementOf(EnumSet.of(Aspect.HOLES));
            expected.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            actual.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            assertThat(TreeComparer.compare(expected, actual, all)).isEmpty();
            assertThat(actual.stat(Name.of("all-hole")).blocks() * 512).isLessThan(ZeroRuns.BLOCK);
            assertThat(actual.stat(Name.of("sparse")).blocks() * 512).isLessThan(400_000);
            expected.setMode(Name.of("locked"), 0700);
            actual.setMode(Name.of("locked"), 0700);
        }
    }

    // C18: never overwrites without being told
    @Test
    void whatIsThereStaysUnlessToldOtherwise() throws Exception {
        Files.writeString(source.resolve("same"), "same");
        Files.writeString(source.resolve("changed"), "from the snapshot");
        Files.writeString(source.resolve("newer-there"), "from the snapshot");
        Files.writeString(source.resolve("missing"), "from the snapshot");
        Files.createSymbolicLink(source.resolve("link"), Path.of("old"));
        Files.createDirectory(source.resolve("directory"));
        Files.writeString(source.resolve("directory/in"), "from the snapshot");
        FileTime noon = FileTime.from(Instant.parse("2026-01-01T12:00:00Z"));
        for (String name : List.of("same", "changed", "newer-there", "missing")) {
            Files.setLastModifiedTime(source.resolve(name), noon);
        }
        try (Repository repository = TestRepository.init(directory)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            for (Overwrite overwrite : Overwrite.values()) {
                out = Files.createDirectory(directory.resolve("out-" + overwrite));
                Files.writeString(out.resolve("same"), "SAME");
                Files.setLastModifiedTime(out.resolve("same"), noon);
                Files.writeString(out.resolve("changed"), "there");
                Files.setLastModifiedTime(
                        out.resolve("changed"), FileTime.from(noon.toInstant().minusSeconds(1)));
                Files.writeString(out.resolve("newer-there"), "there");
                Files.setLastModifiedTime(
                        out.resolve("newer-there"),
                        FileTime.from(noon.toInstant().plusSeconds(1)));
                Files.createSymbolicLink(out.resolve("link"), Path.of("other"));
                Files.createDirectory(out.resolve("directory"));
                Files.writeString(out.resolve("directory/own"), "there");

                RestoreReport report = restore(repository, snapshot, overwrite);

                assertThat(report.problems()).isEmpty();
                assertThat(Files.readString(out.resolve("missing"))).isEqualTo("from the snapshot");
                assertThat(Files.readString(out.resolve("directory/in"))).isEqualTo("from the snapshot");
                assertThat(Files.readString(out.resolve("directory/own"))).isEqualTo("there");
                assertThat(Files.readString(out.resolve("same")))
                        .isEqualTo(overwrite == Overwrite.ALWAYS ? "same" : "SAME");
                assertThat(Files.readString(out.resolve("changed")))
                        .isEqualTo(overwrite == Overwrite.NEVER ? "there" : "from the snapshot");
                boolean replacesNewer = overwrite == Overwrite.ALWAYS || overwrite == Overwrite.IF_CHANGED;
                assertThat(Files.readString(out.resolve("newer-there")))
                        .isEqualTo(replacesNewer ? "from the snapshot" : "there");
                assertThat(report.kept())
                        .isEqualTo(
                                switch (overwrite) {
                                    case NEVER -> 3;
                                    case IF_NEWER -> 2;
                                    case IF_CHANGED, ALWAYS -> 0;
                                });
                assertThat(report.keptPaths()).hasSize((int) report.kept());
                assertNothingHalfWritten(out);
            }
        }
    }

    /** A second run finishes what a first one began. */
    @Test
    void namesOfOneFileAreLinksAgainWhenSomeAreThereAlready() throws Exception {
        Files.writeString(source.resolve("one"), "content");
        for (String name : List.of("two", "three", "four")) {
            Files.createLink(source.resolve(name), source.resolve("one"));
        }
        try (Repository repository = TestRepository.init(directory)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            for (Overwrite overwrite : Overwrite.values()) {
                out = Files.createDirectory(directory.resolve("out-" + overwrite));
                assertThat(restore(repository, snapshot, overwrite).files()).isEqualTo(4);
                Files.delete(out.resolve("one"));
                Files.delete(out.resolve("three"));
                assertThat(restore(repository, snapshot, overwrite).problems()).isEmpty();
                try (Directory restored = Directory.open(Zoo.path(out))) {
                    long inode = restored.stat(Name.of("four")).inode();
                    // Names come in order: "four" is there, and "one" and "three" are linked to it.
                    assertThat(restored.stat(Name.of("one")).inode()).isEqualTo(inode);
                    assertThat(restored.stat(Name.of("three")).inode()).isEqualTo(inode);
                    assertThat(restored.stat(Name.of("two")).inode()).isEqualTo(inode);
                }
                assertNothingHalfWritten(out);
            }
        }
    }

    @Test
    void aDirectoryIsNeverReplacedByAFile() throws Exception {
        Files.writeString(source.resolve("x"), "file");
        Files.createDirectory(out.resolve("x"));
        Files.writeString(out.resolve("x/precious"), "there");
        try (Repository repository = TestRepository.init(directory)) {
            RestoreReport report = restore(repository, TestBackup.save(repository, Zoo.path(source)), Overwrite.ALWAYS);
            assertThat(report.problems()).extracting(Problem::reason).containsExactly(Reason.IN_THE_WAY);
        }
        assertThat(out.resolve("x/precious")).hasContent("there");
    }

    @Test
    void whatIsLargeOrManyComesBack() throws Exception {
        Files.createDirectory(source.resolve("many"));
        long beyond = (4L << 30) + 1;
        try (Directory top = Directory.open(Zoo.path(source));
                Directory many = top.openDirectory(Name.of("many"))) {
            for (int i = 0; i < 20_000; i++) {
                Zoo.file(many, Name.of("entry-" + i), i % 3, i);
            }
            try (OpenFile huge = top.createFile(Name.of("huge"), 0600)) {
                byte[] end = Zoo.bytes(1000, 9);
                huge.pwrite(end, 0, end.length, beyond);
            }
            top.setTimes(Name.of("huge"), new Timestamp(7, 7), new Timestamp(7, 7));
        }
        try (Repository repository = TestRepository.init(directory)) {
            RestoreReport report = restore(repository, TestBackup.save(repository, Zoo.path(source)), Overwrite.NEVER);
            assertThat(report.problems()).isEmpty();
            assertThat(report.files()).isEqualTo(20_001);
        }
        try (Directory many = Directory.open(Zoo.path(source.resolve("many")));
                Directory back = Directory.open(Zoo.path(out.resolve("many")))) {
            assertThat(TreeComparer.compare(many, back, EnumSet.complementOf(EnumSet.of(Aspect.HOLES))))
                    .isEmpty();
        }
        try (Directory top = Directory.open(Zoo.path(out));
                OpenFile huge = top.openFile(Name.of("huge"))) {
            byte[] end = new byte[1000];
            assertThat(huge.pread(end, 0, end.length, beyond)).isEqualTo(end.length);
            assertThat(end).isEqualTo(Zoo.bytes(1000, 9));
            assertThat(huge.stat().size()).isEqualTo(beyond + end.length);
            assertThat(huge.stat().blocks() * 512).isLessThan(1 << 20);
            assertThat(huge.stat().mtime()).isEqualTo(new Timestamp(7, 7));
        }
    }

    // C18: nothing leads out of the destination
    @Test
    void aHostileSnapshotWritesNothingElsewhere() throws Exception {
        Path outside = Files.createDirectory(directory.resolve("outside"));
        String link = "{\"name\":\"d\",\"type\":\"symlink\",\"mode\":134218239," + TIMES + ",\"linktarget\":\""
                + outside + "\",\"content\":null}";
        List<String> trees = List.of(
                "{\"nodes\":[{\"name\":\"in\"," + CONTENT + "}]}",
                "{\"nodes\":[{\"name\":\"..\",\"type\":\"dir\",\"mode\":2147484141," + TIMES
                        + ",\"content\":null,\"subtree\":\"@0\"},"
                        + "{\"name\":\"../escaped\"," + CONTENT + "},"
                        + "{\"name\":\"/etc/escaped\"," + CONTENT + "},"
                        + "{\"name\":\"\"," + CONTENT + "},"
                        + "{\"name\":\"nul\\\\x00\"," + CONTENT + "},"
                        + link + ","
                        + "{\"name\":\"d\",\"type\":\"dir\",\"mode\":2147484141," + TIMES
                        + ",\"content\":null,\"subtree\":\"@0\"},"
                        + "{\"name\":\"d\"," + CONTENT + "},"
                        + "{\"name\":\"" + "x".repeat(256) + "\"," + CONTENT + "},"
                        + "{\"name\":\"odd\",\"type\":\"door\"," + TIMES + "},"
                        + "{\"name\":\"no-content\",\"type\":\"file\"," + TIMES + ",\"content\":null},"
                        + "{\"name\":\"no-target\",\"type\":\"symlink\"," + TIMES + ",\"content\":null},"
                        + "{\"name\":\"no-tree\",\"type\":\"dir\"," + TIMES + ",\"content\":null},"
                        + "{\"name\":\"nul-target\",\"type\":\"symlink\"," + TIMES + ",\"linktarget\":\"a\\u0000b\"},"
                        + "{\"name\":\"odd-attribute\","
                        + CONTENT.replace(
                                "\"size\"",
                                "\"extended_attributes\":[{\"name\":\"\",\"value\":\"\"},"
                                        + "{\"name\":\"a\\u0000\",\"value\":\"\"}],\"size\"")
                        + "},"
                        + "{\"name\":\"zz-good\"," + CONTENT + "}]}");
        for (Overwrite overwrite : Overwrite.values()) {
            try (Repository repository = openOrInit()) {
                out = Files.createDirectory(directory.resolve("out-" + overwrite));
                Snapshot snapshot = TestBackup.ofTrees(repository, trees, new byte[] {1, 2, 3, 4});
                RestoreReport report = restore(repository, snapshot, overwrite);
                assertThat(report.stopped()).isNull();
                assertThat(report.problemCounts().get(Reason.IMPOSSIBLE)).isGreaterThanOrEqualTo(6);
            }
            assertThat(outside).isEmptyDirectory();
            assertThat(directory.resolve("escaped")).doesNotExist();
            assertThat(Path.of("/etc/escaped")).doesNotExist();
            assertThat(out.resolve("zz-good")).hasBinaryContent(new byte[] {1, 2, 3, 4});
            assertThat(out.resolve("no-content")).doesNotExist();
            assertNothingHalfWritten(out);
        }
    }

    private Repository openOrInit() throws Exception {
        return Files.exists(directory.resolve("repo"))
                ? TestRepository.open(directory)
                : TestRepository.init(directory);
    }

    // C19: never restored as good data
    @Test
    void aDamagedBlobCostsTheFilesThatHaveItAndNoOther() throws Exception {
        for (int i = 0; i < 40; i++) {
            Files.write(source.resolve("f" + i), Zoo.bytes(20_000, i));
        }
        Snapshot snapshot;
        try (Repository repository = TestRepository.init(directory)) {
            snapshot = TestBackup.save(repository, Zoo.path(source));
        }
        List<Path> packs = packs();
        Path largest = packs.stream()
                .max(Comparator.comparingLong(path -> path.toFile().length()))
                .orElseThrow();
        byte[] bytes = Files.readAllBytes(largest);
        bytes[bytes.length / 2] ^= 4;
        assertThat(largest.toFile().setWritable(true)).isTrue();
        Files.write(largest, bytes);
        try (Repository repository = TestRepository.open(directory)) {
            repository.loadIndex();
            RestoreReport report = restore(repository, snapshot, Overwrite.NEVER);
            assertThat(report.problems()).hasSize(1);
            assertThat(report.problems().getFirst().reason()).isEqualTo(Reason.DAMAGED);
            assertThat(report.files()).isEqualTo(39);
            String lost = report.problems().getFirst().path().toString();
            assertThat(out.resolve(lost)).doesNotExist();
        }
        for (int i = 0; i < 40; i++) {
            if (Files.exists(out.resolve("f" + i))) {
                assertThat(out.resolve("f" + i)).hasBinaryContent(Zoo.bytes(20_000, i));
            }
        }
        assertNothingHalfWritten(out);
    }

    private List<Path> packs() throws Exception {
        try (Stream<Path> all = Files.walk(directory.resolve("repo/data"))) {
            return new ArrayList<>(all.filter(Files::isRegularFile).toList());
        }
    }

    @Test
    void aMissingPackCostsItsFilesOnly() throws Exception {
        Files.write(source.resolve("data"), Zoo.bytes(20_000, 1));
        Files.createSymbolicLink(source.resolve("link"), Path.of("x"));
        Files.write(source.resolve("link-to-data"), Zoo.bytes(20_000, 1));
        Snapshot snapshot;
        try (Repository repository = TestRepository.init(directory)) {
            snapshot = TestBackup.save(repository, Zoo.path(source));
            Files.delete(packs().stream()
                    .max(Comparator.comparingLong(p -> p.toFile().length()))
                    .orElseThrow());
            RestoreReport report = restore(repository, snapshot, Overwrite.NEVER);
            assertThat(report.problems()).extracting(Problem::reason).containsExactly(Reason.DAMAGED, Reason.DAMAGED);
            assertThat(report.others()).isEqualTo(1);
        }
        assertThat(Files.isSymbolicLink(out.resolve("link"))).isTrue();
        assertNothingHalfWritten(out);
    }

    @Test
    void anInterruptedRestoreLeavesNothingHalfWritten() throws Exception {
        for (int i = 0; i < 50; i++) {
            Files.write(source.resolve("f" + i), Zoo.bytes(100_000, i));
        }
        try (Repository repository = TestRepository.init(directory)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            Thread caller = Thread.currentThread();
            try (Directory into = Directory.open(Zoo.path(out))) {
                RestoreOptions options =
                        RestoreOptions.defaults().withListener((path, type, outcome, bytes) -> caller.interrupt());
                RestoreReport report = new Restorer(repository, options).restore(snapshot.tree(), into);
                assertThat(Thread.interrupted()).isTrue();
                assertThat(report.stopped()).isEqualTo(RestoreReport.Stop.INTERRUPTED);
                assertThat(report.files()).isLessThan(50);
            }
        }
        assertNothingHalfWritten(out);
    }

    @Test
    void pathsAreFoundInASnapshot() throws Exception {
        Files.createDirectories(source.resolve("a/b"));
        Files.writeString(source.resolve("a/b/file"), "content");
        try (Repository repository = TestRepository.init(directory)) {
            Id root = TestBackup.save(repository, Zoo.path(source)).tree();
            assertThat(TreePaths.findTree(repository, root, BytePath.of("/"))).isEqualTo(root);
            Node b = Objects.requireNonNull(TreePaths.find(repository, root, BytePath.of("/a/b")));
            assertThat(TreePaths.findTree(repository, root, BytePath.of("a/./b")))
                    .isEqualTo(b.subtree());
            assertThat(TreePaths.find(repository, root, BytePath.of("/a/c"))).isNull();
            assertThat(TreePaths.find(repository, root, BytePath.of("/a/b/file/x")))
                    .isNull();
            assertThat(TreePaths.findTree(repository, root, BytePath.of("/a/b/file")))
                    .isNull();
            Node file = Objects.requireNonNull(TreePaths.find(repository, root, BytePath.of("/a/b/file")));
            try (Directory into = Directory.open(Zoo.path(out))) {
                RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(file, into);
                assertThat(report.files()).isEqualTo(1);
            }
            assertThat(out.resolve("file")).hasContent("content");
        }
    }

    @Test
    void longRunsOfZerosBecomeHolesAndNothingElseDoes() throws Exception {
        byte[] content = Zoo.bytes(1_000_000, 1);
        Arrays.fill(content, 100_000, 400_000, (byte) 0);
        Arrays.fill(content, 900_000, 1_000_000, (byte) 0);
        for (int start : new int[] {0, 1, 65_535, 65_536, 70_000}) {
            try (Directory into = Directory.open(Zoo.path(out));
                    OpenFile file = into.createFile(Name.of("f" + start), 0600)) {
                int written = ZeroRuns.write(file, content, content.length, start);
                file.truncate(start + content.length);
                assertThat(written).isBetween(600_000, 800_000);
                Stat stat = file.stat();
                assertThat(stat.size()).isEqualTo(start + content.length);
            }
            byte[] back = Files.readAllBytes(out.resolve("f" + start));
            assertThat(Arrays.equals(back, start, back.length, content, 0, content.length))
                    .isTrue();
        }
    }
}
