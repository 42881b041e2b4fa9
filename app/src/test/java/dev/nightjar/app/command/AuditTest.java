package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code audit} beside a run, and without one. Not on tmpfs, where a write through a mapping changes no time. */
final class AuditTest {
    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSource() throws IOException {
        place = Files.createTempDirectory(Files.createDirectories(Path.of("target")), "audit")
                .toRealPath();
        cli = new Cli(place);
        Files.createDirectories(place.resolve("src/sub"));
        Files.writeString(place.resolve("src/sub/file"), "content");
        Files.write(place.resolve("src/my mapped"), new byte[8192]);
        Files.writeString(place.resolve("password"), "geheim");
    }

    @AfterEach
    void removed() throws IOException {
        try (var files = Files.walk(place)) {
            for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private Cli.Running run() throws InterruptedException {
        Cli.Running running = cli.start(
                "run", "src", "--to", "repo", "-p", "password", "--every", "0s", "--watcher", "inotify", "--json");
        running.expect("\"watching\"");
        return running;
    }

    private static MemorySegment map(Path file, Arena arena) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, 0, 8192, arena);
        }
    }

    @Test
    void findsWhatNoEventToldOfAndHasItSaved() throws Exception {
        Cli.Running running = run();
        String source = place.resolve("src").toString();
        Cli.Outcome clean = cli.run("audit", "src");
        assertThat(clean.out()).isEqualTo("Audit of " + source + ": 4 names compared, nothing missed.\n");
        assertThat(clean.code()).isZero();
        assertThat(clean.err()).isEmpty();

        try (Arena arena = Arena.ofShared()) {
            MemorySegment mapped = map(place.resolve("src/my mapped"), arena);
            mapped.set(ValueLayout.JAVA_BYTE, 5000, (byte) 1);
            mapped.force();
            Cli.Outcome found = cli.run("audit");
            assertThat(found.code()).isEqualTo(1);
            assertThat(found.out())
                    .isEqualTo("Audit of " + source + ": 4 names compared, 1 missed.\n\n  '" + source
                            + "/my mapped'  mtime, ctime  written through a memory mapping\n\n"
                            + "1 found, 1 queued again.\n");
            running.expect("an audit found 1 name that no event told of");
            assertThat(JsonObject.parse(running.expect("\"commit\"")).number("changes", 0))
                    .isEqualTo(1);
            assertThat(cli.run("status").out()).containsPattern("  proof     audit \\d+ s ago: 1 missed\n");

            mapped.set(ValueLayout.JAVA_BYTE, 5000, (byte) 2);
            mapped.force();
            List<JsonObject> json = cli.run("audit", "--json")
                    .out()
                    .lines()
                    .map(JsonObject::parse)
                    .toList();
            assertThat(json).extracting(JsonObject::type).containsExactly("finding", "audit");
            assertThat(json.getFirst().path("path")).isEqualTo(source + "/my mapped");
            assertThat(json.getFirst().string("difference")).isEqualTo("changed");
            assertThat(json.getFirst().strings("attributes")).containsExactly("mtime", "ctime");
            assertThat(json.getFirst().string("cause")).isEqualTo("memory_mapping");
            assertThat(json.getLast().number("entries", 0)).isEqualTo(4);
            assertThat(json.getLast().number("directories", 0)).isEqualTo(2);
            assertThat(json.getLast().number("found", 0)).isEqualTo(1);
            assertThat(json.getLast().number("queued", 0)).isEqualTo(1);
            assertThat(json.getLast().has("seconds")).isTrue();
        }
        running.expect("\"commit\"");
        running.raise("TERM");
        assertThat(running.code()).isZero();
        JsonObject status = JsonObject.parse(cli.run("status", "--json").out());
        assertThat(status.object("audit"))
                .satisfies(audit -> assertThat(audit.number("found", 0)).isEqualTo(1));
        cli.run("restore", "latest:" + source, "--into", "out");
        assertThat(Files.readAllBytes(place.resolve("out/my mapped"))[5000]).isEqualTo((byte) 2);
    }

    @Test
    void comparesOnlyWhatIsAskedFor() throws Exception {
        Cli.Running running = run();
        String source = place.resolve("src").toString();
        String sub = source + "/sub";
        assertThat(cli.run("audit", "src/sub").out())
                .isEqualTo("Audit of " + sub + ": 2 names compared, nothing missed.\n");
        String file = place.resolve("src/sub/file").toString();
        assertThat(cli.run("audit", file).out()).isEqualTo("Audit of " + file + ": 1 name compared, nothing missed.\n");
        Cli.Outcome unknown = cli.run("audit", "src/other");
        assertThat(unknown.code()).isEqualTo(3);
        assertThat(unknown.out())
                .isEqualTo("Audit of " + source + "/other: nothing was compared.\n\n"
                        + "Not compared: 1 name and what is below\n  " + source
                        + "/other  (the catalog does not have it)\n");
        running.raise("TERM");
        assertThat(running.code()).isZero();
    }

    @Test
    void makesNoClaimWhereNobodyWatched() throws Exception {
        assertThat(cli.run("audit", "src").code()).isEqualTo(2); // there is no such job
        assertThat(cli.run("changes", "src").code()).isZero();
        Files.writeString(place.resolve("src/new"), "1");
        Files.writeString(place.resolve("src/sub/file"), "other");
        Cli.Outcome outcome = cli.run("audit", "src");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out())
                .startsWith("Nothing watches " + place.resolve("src")
                        + ", so whether an event was missed cannot be said.\nLooked through all 5 names instead: ")
                .doesNotContain("missed.\n");
        Files.delete(place.resolve("src/new"));
        JsonObject json = JsonObject.parse(cli.run("audit", "src", "--json").out());
        assertThat(json.string("message_type")).isEqualTo("audit");
        assertThat(json.flag("watched")).isFalse();
        assertThat(json.number("healed", 0)).isEqualTo(2); // the file, and its directory
        assertThat(json.has("found")).isFalse();
        assertThat(cli.run("status").out()).doesNotContain("proof");
    }
}
