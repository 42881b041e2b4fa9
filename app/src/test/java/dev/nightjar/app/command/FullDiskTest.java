package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Disks of a mebibyte that become full: exit 1, what, why and what to do, nothing half-written. */
@Tag("root")
@Tag("restic")
final class FullDiskTest {
    private static final Pattern FINISHED = Pattern.compile("[0-9a-f]{64}|config");

    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Path disk = place;
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSmallDisk() throws Exception {
        place = temporary.toRealPath();
        disk = Files.createDirectory(place.resolve("disk"));
        cli = new Cli(place);
        Files.writeString(place.resolve("password"), "geheim");
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/small"), "small");
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString());
    }

    @AfterEach
    void noMore() throws Exception {
        run("umount", disk.toString());
    }

    private void large() throws IOException {
        byte[] bytes = new byte[3 << 20];
        new Random(1).nextBytes(bytes);
        Files.write(place.resolve("src/large"), bytes);
    }

    private Cli.Outcome backup(String repository) {
        return cli.run("backup", "src", "--to", repository, "-p", "password");
    }

    private static void isNoSpace(Cli.Outcome outcome) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(1);
        assertThat(outcome.err())
                .startsWith("nightjar: ")
                .containsAnyOf("No space left on device", "is full", "Nothing half-written was left")
                .contains("\n  Do:  ")
                .doesNotContain("Exception", "this should not have happened", "WARNING");
    }

    @Test
    void theRepositorys() throws Exception {
        assertThat(cli.run("init", "--to", "disk/repo", "-p", "password").code())
                .isZero();
        assertThat(backup("disk/repo").code()).isZero();
        large();
        Cli.Outcome full = backup("disk/repo");
        isNoSpace(full);
        assertThat(full.err()).startsWith("nightjar: " + disk.resolve("repo") + " is full\n");
        try (var files = Files.walk(disk)) {
            assertThat(files.filter(Files::isRegularFile))
                    .allMatch(file ->
                            FINISHED.matcher(file.getFileName().toString()).matches());
        }
        assertThat(disk.resolve("repo/locks")).isEmptyDirectory();
        checkedByRestic("disk/repo");
        JsonObject json = JsonObject.parse(cli.run("backup", "src", "--json").err());
        assertThat(json.string("class")).isEqualTo("no_space");
        assertThat(json.string("error")).isEqualTo("target-full");

        Files.delete(place.resolve("src/large"));
        Files.writeString(place.resolve("src/small"), "changed");
        assertThat(backup("disk/repo").code()).isZero();
        checkedByRestic("disk/repo");
    }

    @Test
    void aFullRepositoryCanBeRestoredFrom() throws Exception {
        assertThat(cli.run("init", "--to", "disk/repo", "-p", "password").code())
                .isZero();
        assertThat(backup("disk/repo").code()).isZero();
        fill();
        assertThat(cli.run("restore", "latest", "--into", "out").code()).isZero();
        assertThat(place.resolve("out" + place + "/src/small")).hasContent("small");
    }

    @Test
    void theStates() throws Exception {
        assertThat(cli.run("init", "--to", "repo", "-p", "password").code()).isZero();
        assertThat(backup("repo").code()).isZero();
        cli.with("NIGHTJAR_STATE", disk.resolve("state").toString());
        for (int i = 0; i < 4_000; i++) {
            Files.writeString(place.resolve("src/file" + i), "content " + i);
        }
        isNoSpace(backup("repo"));
        checkedByRestic("repo");
        run("mount", "-o", "remount,size=32m", disk.toString());
        assertThat(backup("repo").code()).isZero();
        checkedByRestic("repo");
        fill();
        isNoSpace(new Cli(place)
                .with("NIGHTJAR_STATE", disk.resolve("other").toString())
                .run("backup", "src", "--to", "repo", "-p", "password"));
    }

    @Test
    void theDestinationOfARestore() throws Exception {
        assertThat(cli.run("init", "--to", "repo", "-p", "password").code()).isZero();
        large();
        assertThat(backup("repo").code()).isZero();
        Cli.Outcome full = cli.run("restore", "latest:" + place.resolve("src"), "--into", "disk/out");
        isNoSpace(full);
        try (var files = Files.list(disk.resolve("out"))) {
            assertThat(files.map(file -> file.getFileName().toString())).isSubsetOf(List.of("small"));
        }
    }

    private void fill() throws IOException {
        try (var file = Files.newOutputStream(disk.resolve("filler"))) {
            byte[] bytes = new byte[4096];
            while (true) {
                file.write(bytes);
            }
        } catch (IOException e) {
            assertThat(e).hasMessageContaining("No space left");
        }
    }

    private void checkedByRestic(String repository) throws Exception {
        run(
                "restic",
                "--no-cache",
                "-r",
                place.resolve(repository).toString(),
                "-p",
                place.resolve("password").toString(),
                "check",
                "--read-data");
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
    }
}
