package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code run} from its start to its end. */
final class RunTest {
    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSource() throws IOException {
        place = temporary.toRealPath();
        cli = new Cli(place);
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/file"), "content");
        Files.writeString(place.resolve("password"), "geheim");
    }

    /** By inotify: fanotify says which process changed something, and a test is the process that watches (C9). */
    private Cli.Running run(String every) {
        return cli.start(
                "run", "src", "--to", "repo", "-p", "password", "--every", every, "--watcher", "inotify", "--json");
    }

    @Test
    void waitsForATargetThatIsAwayAndEndsWithZeroOnSigterm() throws Exception { // C16
        Cli.Running running = run("0s");
        running.expect("\"watching\"");
        Files.move(place.resolve("repo"), place.resolve("unplugged"));
        Files.writeString(place.resolve("src/file"), "changed");
        JsonObject waiting = JsonObject.parse(running.expect("\"waiting\""));
        assertThat(waiting.string("reason")).isEqualTo("away");
        assertThat(waiting.string("message")).isEqualTo("there is no such directory now");
        assertThat(cli.run("status").out())
                .startsWith("○ Waiting for " + place.resolve("repo") + " since ")
                .contains(": there is no such directory now. Changes are kept.", "1 change kept");
        assertThat(place.resolve("repo")).doesNotExist();
        Files.move(place.resolve("unplugged"), place.resolve("repo"));
        assertThat(JsonObject.parse(running.expect("\"commit\"")).number("changes", 0))
                .isEqualTo(1);
        running.expect("\"back\"");
        running.raise("TERM");
        assertThat(running.code()).isZero();
        assertThat(cli.run("restore", "latest:" + place.resolve("src"), "--into", "out")
                        .code())
                .isZero();
        assertThat(place.resolve("out/file")).hasContent("changed");
    }

    @Test
    void savesWhatIsPendingOnTheFirstCtrlC() throws Exception {
        Cli.Running running = run("1h");
        running.expect("\"watching\"");
        Files.writeString(place.resolve("src/one"), "1");
        Files.writeString(place.resolve("src/two"), "2");
        running.raise("INT");
        assertThat(JsonObject.parse(running.expect("\"stopping\"")).number("changes", 0))
                .isEqualTo(2);
        assertThat(JsonObject.parse(running.expect("\"commit\"")).number("changes", 0))
                .isEqualTo(2);
        assertThat(running.code()).isZero();
        assertThat(cli.run("status").out()).startsWith("× Nightjar is not running. Last safe ");
    }

    @Test
    void saysWhatIsNotSavedWhenItEndsWhileWaiting() throws Exception {
        Cli.Running running = run("0s");
        running.expect("\"watching\"");
        Files.move(place.resolve("repo"), place.resolve("unplugged"));
        Files.writeString(place.resolve("src/file"), "changed");
        running.expect("\"waiting\"");
        running.raise("INT");
        assertThat(JsonObject.parse(running.expect("\"stopped\"")).number("pending_changes", 0))
                .isEqualTo(1);
        assertThat(running.code()).isZero();
    }

    @Test
    void endsAtOnceOnTheSecondCtrlC() throws Exception {
        Cli.Running running = run("0s");
        running.expect("\"watching\"");
        running.raise("INT");
        running.raise("INT");
        assertThat(running.halted()).isEqualTo(130);
        running.code();
        assertThat(place.resolve("repo/locks")).isEmptyDirectory();
    }
}
