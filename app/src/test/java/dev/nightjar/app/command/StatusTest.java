package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code status} says of a job that nobody runs. */
final class StatusTest {
    @TempDir
    Path place;

    @Test
    void saysSinceWhenItIsSafeAndHowToGoOn() throws IOException {
        Cli cli = new Cli(place.toRealPath());
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/file"), "content");
        Files.writeString(place.resolve("password"), "geheim");
        assertThat(cli.run("init", "--to", "repo", "-p", "password").code()).isZero();
        assertThat(cli.run("backup", "src", "--to", "repo", "-p", "password").code())
                .isZero();

        Cli.Outcome stopped = cli.run("status");
        String source = place.toRealPath().resolve("src").toString();
        assertThat(stopped.code()).isZero();
        assertThat(stopped.out())
                .containsPattern("^× Nightjar is not running\\. Last safe \\d\\d:\\d\\d\\.\n" + "  Do:  nightjar run "
                        + source + "\n");
        assertThat(stopped.out()).contains("last snapshot ").doesNotContain("unread");

        Cli.Outcome checked = cli.run("status", "--check");
        assertThat(checked.code()).isEqualTo(1);
        assertThat(checked.out().lines()).hasSize(1);

        JsonObject json = JsonObject.parse(cli.run("status", "--json").out());
        assertThat(json.string("verdict")).isEqualTo("stopped");
        assertThat(json.string("safe_up_to")).isNotNull();
        assertThat(json.string("last_snapshot")).hasSize(64);
    }

    @Test
    void saysThatNothingIsSavedYet() throws IOException {
        Cli cli = new Cli(place.toRealPath());
        Files.createDirectory(place.resolve("src"));
        assertThat(cli.run("changes", "src").code()).isZero();
        assertThat(cli.run("status").out())
                .startsWith("× Nightjar is not running. Nothing of src is saved anywhere.\n  Do:  nightjar run ")
                .contains("src --to REPO");
    }
}
