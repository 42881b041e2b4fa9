package dev.nightjar.repository.restore;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.testing.Aspect;
import dev.nightjar.linux.testing.TreeComparer;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.look.Dump;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.zip.ZipFile;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a dump packs, other programs unpack. */
final class ZooDumpTest {
    @TempDir
    Path directory;

    @AfterEach
    void removeDeepDirectories() throws Exception {
        run("rm", "-rf", directory.resolve("zoo").toString());
    }

    private static void run(String... command) throws Exception {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }

    @Tag("root")
    @Test
    void gnuTarUnpacksEverythingAsItWas() throws Exception {
        Path zoo = Files.createDirectory(directory.resolve("zoo"));
        try (Directory open = Directory.open(Zoo.path(zoo))) {
            Zoo.make(open);
            Zoo.makeAsRoot(open);
            Name longest = Name.of(new String(new char[120]).replace('\0', '\udcff'));
            open.makeDirectory(longest, 0755);
            try (Directory in = open.openDirectory(longest)) {
                Zoo.file(in, longest, 3, 3);
                in.setTimes(longest, new Timestamp(-2, 499_999_999), new Timestamp(-2, 499_999_999));
            }
            // tar names whole paths to the kernel, which has a limit for them.
            run("rm", "-rf", zoo.resolve("d".repeat(200)).toString());
        }
        Path out = Files.createDirectory(directory.resolve("out"));
        List<BytePath> leftOut = new ArrayList<>();
        Path tar = directory.resolve("zoo.tar");
        try (Repository repository = TestRepository.init(directory);
                OutputStream to = Files.newOutputStream(tar)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(zoo));
            new Dump(repository, (path, _) -> leftOut.add(path))
                    .directory(BytePath.root(), snapshot.tree(), Dump.Format.TAR, to);
        }
        assertThat(leftOut).isEmpty();
        run("tar", "-xpf", tar.toString(), "-C", out.toString(), "--xattrs", "--xattrs-include=*", "--numeric-owner");
        try (Directory one = Directory.open(Zoo.path(zoo));
                Directory other = Directory.open(Zoo.path(out))) {
            one.unlink(Name.of("socket"));
            one.setMode(0755);
            other.setMode(0755);
            one.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            other.setTimes(new Timestamp(1, 0), new Timestamp(1, 0));
            assertThat(TreeComparer.compare(one, other, EnumSet.complementOf(EnumSet.of(Aspect.HOLES))))
                    .isEmpty();
        }
    }

    @Test
    void aZipHasFilesAndSaysWhatItCannotHave() throws Exception {
        Path zoo = Files.createDirectory(directory.resolve("zoo"));
        byte[] large = Zoo.bytes(3_000_000, 1);
        Files.write(zoo.resolve("large"), large);
        Files.createDirectories(zoo.resolve("deep/er"));
        Files.writeString(zoo.resolve("deep/er/\u00e4"), "text");
        Files.createSymbolicLink(zoo.resolve("link"), Path.of("large"));
        List<BytePath> leftOut = new ArrayList<>();
        Path zip = directory.resolve("zoo.zip");
        try (Directory open = Directory.open(Zoo.path(zoo));
                Repository repository = TestRepository.init(directory);
                OutputStream to = Files.newOutputStream(zip)) {
            open.makeNode(Name.of("pipe"), 0010644, 0);
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(zoo));
            new Dump(repository, (path, _) -> leftOut.add(path))
                    .directory(BytePath.of("/at"), snapshot.tree(), Dump.Format.ZIP, to);
        }
        assertThat(leftOut).containsExactly(BytePath.of("at/pipe"));
        try (ZipFile file = new ZipFile(zip.toFile())) {
            assertThat(file.stream().map(Object::toString))
                    .containsExactly("at/deep/", "at/deep/er/", "at/deep/er/\u00e4", "at/large", "at/link");
            assertThat(file.getInputStream(file.getEntry("at/large")).readAllBytes())
                    .isEqualTo(large);
            assertThat(file.getInputStream(file.getEntry("at/deep/er/\u00e4")).readAllBytes())
                    .isEqualTo("text".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            assertThat(file.getEntry("at/large").getLastModifiedTime().toInstant())
                    .isEqualTo(Files.getLastModifiedTime(zoo.resolve("large"))
                            .toInstant()
                            .truncatedTo(java.time.temporal.ChronoUnit.SECONDS));
        }
    }

    @Test
    void damagedContentIsNeverGivenOut() throws Exception { // C19
        Path zoo = Files.createDirectory(directory.resolve("zoo"));
        Files.write(zoo.resolve("file"), Zoo.bytes(600_000, 1));
        try (Repository repository = TestRepository.init(directory)) {
            Snapshot snapshot = TestBackup.save(repository, Zoo.path(zoo));
            try (var packs = Files.walk(directory.resolve("repo/data"))) {
                for (Path pack : packs.filter(Files::isRegularFile)
                        .filter(pack -> pack.toFile().length() > 500_000)
                        .toList()) {
                    byte[] bytes = Files.readAllBytes(pack);
                    bytes[1000] ^= 1;
                    Files.delete(pack);
                    Files.write(pack, bytes);
                }
            }
            long[] given = {0};
            Assertions.assertThatThrownBy(() -> new Dump(repository, (_, _) -> {})
                            .file(
                                    BytePath.of("/file"),
                                    java.util.Objects.requireNonNull(
                                            TreePaths.find(repository, snapshot.tree(), BytePath.of("/file"))),
                                    new OutputStream() {
                                        @Override
                                        public void write(int b) {
                                            given[0]++;
                                        }
                                    }))
                    .isInstanceOf(CorruptException.class)
                    .hasMessageContaining("/file");
            assertThat(given[0]).isZero();
        }
    }
}
