package dev.nightjar.app.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody reads the README, types its command, changes and loses a file, gets it back, and reads all with restic. */
@Tag("restic")
final class NewcomerTest {
    private static final Duration SOON = Duration.ofSeconds(60);
    private static final Duration BUILT = Duration.ofMinutes(6);
    private static final String CTRL_C = "\u0003";

    @TempDir
    static Path place;

    private static Clone clone = new Clone(Path.of(""));

    @BeforeAll
    static void aFreshClone() throws IOException, InterruptedException {
        clone = Clone.make(place);
    }

    @Test
    void asMyself(@TempDir Path home) throws IOException, InterruptedException {
        firstEvening(home, "");
    }

    @Test
    @Tag("root")
    void asAnOrdinaryUserInACloneOfRoot(@TempDir Path home) throws IOException, InterruptedException {
        Clone.Outcome built = Clone.run(clone.directory() + "/nightjar version", Map.of());
        assertThat(built.exit()).as(built.output()).isZero();
        firstEvening(home, "setpriv --reuid=65534 --regid=65534 --clear-groups ");
    }

    private static void firstEvening(Path home, String as) throws IOException, InterruptedException {
        Path documents = Files.createDirectory(home.resolve("Documents"));
        Files.createDirectory(documents.resolve("taxes"));
        Path report = documents.resolve("report.txt");
        Files.writeString(report, "first\n");
        Files.writeString(documents.resolve("taxes/2025.txt"), "much\n");
        Path nas = Files.createDirectory(home.resolve("nas"));
        Path back = Files.createDirectory(home.resolve("back"));
        if (!as.isEmpty()) {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            assertThat(Clone.run("chown -R 65534:65534 " + home, Map.of()).exit())
                    .isZero();
        }
        Map<String, String> environment = Map.of(
                "HOME",
                home.toString(),
                "NIGHTJAR_STATE",
                home.resolve("state").toString(),
                "LC_ALL",
                "C.UTF-8",
                "TERM",
                "xterm");
        String enter = "cd " + clone.directory() + " && exec " + as;
        String repository = nas.resolve("documents").toString();

        try (Terminal terminal =
                new Terminal(enter + readmeCommand().replace("/mnt/nas/documents", repository), environment)) {
            String asked = terminal.expect("Go on\\?|Password for it", BUILT);
            if (asked.startsWith("Go on")) {
                terminal.type("y\n");
                terminal.expect("Password for it", SOON);
            }
            terminal.type("\n");
            terminal.expect("Without it nobody can read this backup", SOON);
            terminal.expect("saved [0-9a-f]{8}  first backup", SOON);
            terminal.expect("watching", SOON);

            Files.writeString(report, "second\n");
            terminal.expect("1 change", SOON);
            terminal.type("s");
            terminal.expect("saved [0-9a-f]{8}", SOON);

            Files.delete(report);
            terminal.expect("1 change", SOON);
            terminal.type("s");
            terminal.expect("saved [0-9a-f]{8}", SOON);

            terminal.type(CTRL_C);
            assertThat(terminal.end(SOON)).as(terminal.text()).isZero();
        }

        Clone.Outcome restored = Clone.run(
                enter + "./nightjar restore latest~1:" + report + " --into " + back + " -r " + repository, environment);
        assertThat(restored.exit()).as(restored.output()).isZero();
        assertThat(back.resolve("report.txt")).hasContent("second\n");

        Clone.Outcome password =
                Clone.run(enter + "./nightjar password show -r " + repository + " 2>/dev/null", environment);
        assertThat(password.exit()).as(password.output()).isZero();
        Clone.Outcome read = Clone.run(
                "restic -r " + repository + " check --read-data && restic -r " + repository
                        + " restore latest --target "
                        + home.resolve("by-restic") + " && diff -r " + documents + " " + home.resolve("by-restic")
                        + documents,
                Map.of(
                        "RESTIC_PASSWORD", password.output().strip(),
                        "RESTIC_CACHE_DIR", home.resolve("cache").toString()));
        assertThat(read.exit()).as(read.output()).isZero();
    }

    /** The command the README begins with. */
    private static String readmeCommand() throws IOException {
        String readme = Files.readString(clone.directory().resolve("README.md"));
        Matcher command = Pattern.compile("(?m)^    (\\./nightjar run .*)$").matcher(readme);
        assertThat(command.find()).isTrue();
        return command.group(1);
    }
}
