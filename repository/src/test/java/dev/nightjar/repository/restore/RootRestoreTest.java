package dev.nightjar.repository.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.restore.Problem.Reason;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What takes root to set up. */
@Tag("root")
final class RootRestoreTest {

    private static final int NOBODY = 65_534;

    @TempDir
    Path directory;

    private static String run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    private Snapshot saveZoo(Repository repository) throws Exception {
        Path source = Files.createDirectories(directory.resolve("source/zoo"));
        try (Directory zoo = Directory.open(Zoo.path(source))) {
            Zoo.makeAsRoot(zoo);
            Zoo.file(zoo, Name.of("plain"), 1000, 1);
            zoo.setOwner(Name.of("plain"), NOBODY, NOBODY);
            zoo.setMode(Name.of("plain"), 04755);
            zoo.setTimes(new Timestamp(5, 5), new Timestamp(5, 5));
        }
        return TestBackup.save(repository, Zoo.path(directory.resolve("source")));
    }

    // C18
    @Test
    void ownersDevicesAndTrustedAttributesComeBack() throws Exception {
        Path out = Files.createDirectory(directory.resolve("out"));
        try (Repository repository = TestRepository.init(directory);
                Directory into = Directory.open(Zoo.path(out))) {
            Snapshot snapshot = saveZoo(repository);
            RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(snapshot.tree(), into);
            assertThat(report.problems()).isEmpty();
        }
        assertThat(TreeComparer.compare(Zoo.path(directory.resolve("source/zoo")), Zoo.path(out.resolve("zoo"))))
                .isEmpty();
    }

    // C18: the destination's default ACL does not leak into what is restored
    @Test
    void aDefaultAclOfTheDestinationIsNotHandedDown() throws Exception {
        Path source = Files.createDirectories(directory.resolve("source/sub"));
        Files.writeString(source.resolve("file"), "x");
        Files.writeString(directory.resolve("source/top"), "x");
        Path out = Files.createDirectory(directory.resolve("out"));
        // Version 2; user::rwx, user:1:rwx, group::r-x, mask::rwx, other::---
        byte[] acl = {
            2, 0, 0, 0, 1, 0, 7, 0, -1, -1, -1, -1, 2, 0, 7, 0, 1, 0, 0, 0, 4, 0, 5, 0, -1, -1, -1, -1, 16, 0, 7, 0, -1,
            -1, -1, -1, 32, 0, 0, 0, -1, -1, -1, -1
        };
        try (Repository repository = TestRepository.init(directory);
                Directory into = Directory.open(Zoo.path(out))) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(directory.resolve("source")));
            into.setXattr(new Xattr(Metadata.DEFAULT_ACL, acl));
            RestoreReport report = new Restorer(repository, RestoreOptions.defaults()).restore(snapshot.tree(), into);
            assertThat(report.problems()).isEmpty();
            assertThat(into.xattrs(Name.of("top"))).isEmpty();
            assertThat(into.xattrs(Name.of("sub"))).isEmpty();
        }
    }

    // C18: full destination
    @Test
    void aFullDestinationEndsItAndLeavesNothingHalfWritten() throws Exception {
        Path source = Files.createDirectory(directory.resolve("source"));
        for (int i = 0; i < 30; i++) {
            Files.write(source.resolve("f" + i), Zoo.bytes(200_000, i));
        }
        Path out = Files.createDirectory(directory.resolve("out"));
        run("mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", out.toString());
        try (Repository repository = TestRepository.init(directory)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(source));
            try (Directory into = Directory.open(Zoo.path(out))) {
                RestoreReport report =
                        new Restorer(repository, RestoreOptions.defaults()).restore(snapshot.tree(), into);
                assertThat(report.stopped()).isEqualTo(RestoreReport.Stop.NO_SPACE);
                assertThat(report.problemCounts()).containsKey(Reason.NO_SPACE);
                assertThat(report.files()).isBetween(5L, 10L);
                try (Stream<Path> there = Files.list(out)) {
                    List<Path> files = there.toList();
                    assertThat(files).hasSize((int) report.files());
                    for (Path file : files) {
                        int seed =
                                Integer.parseInt(file.getFileName().toString().substring(1));
                        assertThat(file).hasBinaryContent(Zoo.bytes(200_000, seed));
                    }
                }
            }
        } finally {
            run("umount", out.toString());
        }
    }

    // C18: what an ordinary user cannot set is a counted problem
    @Test
    void anOrdinaryUserGetsTheFilesAndIsToldWhatCouldNotBeSet() throws Exception {
        Path out = Files.createDirectory(directory.resolve("out"));
        try (Repository repository = TestRepository.init(directory)) {
            saveZoo(repository);
        }
        run("chown", "-R", NOBODY + ":" + NOBODY, directory.toString());
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        String printed = run(
                "setpriv",
                "--reuid=" + NOBODY,
                "--regid=" + NOBODY,
                "--clear-groups",
                System.getProperty("java.home") + "/bin/java",
                "--enable-native-access=ALL-UNNAMED",
                "-Xmx128m",
                "-cp",
                readableClassPath(),
                AsUser.class.getName(),
                directory.toString());
        assertThat(printed)
                .contains("OWNER 7")
                .contains("DENIED 2")
                .contains("ATTRIBUTE 1")
                .contains("stopped null");
        Path zoo = out.resolve("zoo");
        assertThat(zoo.resolve("setuid")).hasBinaryContent(Zoo.bytes(100, 2));
        try (Directory restored = Directory.open(Zoo.path(zoo))) {
            assertThat(restored.stat(Name.of("setuid")).permissions()).isEqualTo(0755);
            assertThat(restored.stat(Name.of("setuid")).uid()).isEqualTo(NOBODY);
            assertThat(restored.stat(Name.of("sticky")).permissions()).isEqualTo(01777);
            assertThat(restored.stat(Name.of("plain")).permissions()).isEqualTo(04755);
            assertThat(restored.statOrNull(Name.of("null"))).isNull();
        }
    }

    /** The user may not be able to read where our classes are: copies of them. */
    private String readableClassPath() throws Exception {
        Path copies = Files.createDirectory(directory.resolve("classes"));
        List<String> copied = new ArrayList<>();
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (Files.isDirectory(Path.of(entry))
                    || entry.matches(".*/(jackson-core|bcprov|zstd-jni|nightjar)[^/]*\\.jar")) {
                Path copy = copies.resolve(copied.size() + "-" + Path.of(entry).getFileName());
                run("cp", "-r", entry, copy.toString());
                copied.add(copy.toString());
            }
        }
        run("chmod", "-R", "a+rX", copies.toString());
        return String.join(File.pathSeparator, copied);
    }

    /** Restores the one snapshot, and prints the problems' numbers. */
    static final class AsUser {
        private AsUser() {}

        public static void main(String[] arguments) throws Exception {
            Path place = Path.of(arguments[0]);
            try (Repository repository = TestRepository.open(place);
                    Directory into = Directory.open(Zoo.path(place.resolve("out")))) {
                Snapshot snapshot = repository.snapshots().getFirst();
                repository.loadIndex();
                RestoreReport report =
                        new Restorer(repository, RestoreOptions.defaults()).restore(snapshot.tree(), into);
                report.problemCounts().forEach((reason, count) -> System.out.println(reason + " " + count));
                report.problems().forEach(System.out::println);
                System.out.println("stopped " + report.stopped());
            }
        }
    }
}
