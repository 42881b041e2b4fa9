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

/** A source that was emptied is a question, which is answered or goes away (C17). */
final class QuestionTest {
    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSource() throws IOException {
        place = temporary.toRealPath();
        cli = new Cli(place);
        Files.createDirectory(place.resolve("src"));
        Files.createDirectory(place.resolve("aside"));
        Files.writeString(place.resolve("src/file"), "content");
        Files.writeString(place.resolve("password"), "geheim");
    }

    private Cli.Running run() throws InterruptedException {
        Cli.Running running = cli.start(
                "run", "src", "--to", "repo", "-p", "password", "--every", "0s", "--watcher", "inotify", "--json");
        running.expect("\"watching\"");
        return running;
    }

    private void empty() throws IOException {
        Files.move(place.resolve("src/file"), place.resolve("aside/file"));
    }

    private JsonObject question() {
        return JsonObject.parse(cli.run("status", "--json").out())
                .objects("questions")
                .getFirst();
    }

    private long snapshots() {
        return cli.run("snapshots", "--all", "--json", "-r", "repo", "-p", "password")
                .out()
                .lines()
                .count();
    }

    @Test
    void aRunStopsUntilTheAnswerIsYes() throws Exception {
        Cli.Running running = run();
        empty();
        String source = place.resolve("src").toString();
        String asked = source + " is empty now; it held 1 file";
        JsonObject event = JsonObject.parse(running.expect("\"question\""));
        assertThat(event.string("message")).isEqualTo(asked);
        long before = snapshots();
        String id = question().string("id");
        assertThat(id).matches("[0-9a-f]{8}").isEqualTo(event.string("id"));
        String answer = "nightjar answer " + id + " yes";

        assertThat(cli.run("status").out())
                .startsWith("× Stopped since ")
                .contains(": " + asked + ". Nothing was deleted anywhere.\n")
                .contains("  question  " + asked + "\n            Put it back or mount it. If it is meant:  " + answer);
        assertThat(cli.run("status", "--check").code()).isEqualTo(1);
        Cli.Outcome backup = cli.run("backup", "src");
        assertThat(backup.code()).isEqualTo(1);
        assertThat(backup.err())
                .startsWith("nightjar: " + asked + "\n  Nothing was deleted anywhere")
                .contains(answer);
        assertThat(snapshots()).isEqualTo(before);

        assertThat(cli.run("answer", String.valueOf(id), "no").out()).contains("Nothing was changed", "Put it back");
        assertThat(question().string("id")).isEqualTo(id);

        assertThat(cli.run("ls", "latest:" + source, "-r", "repo", "-p", "password")
                        .out())
                .contains("file");

        Cli.Outcome yes = cli.run("answer", String.valueOf(id), "yes");
        assertThat(yes.out()).startsWith("Taken as meant: " + asked + ".\n");
        assertThat(yes.code()).isZero();
        running.expect("\"commit\"");
        running.expect("\"question_closed\"");
        assertThat(snapshots()).isEqualTo(before + 1);
        JsonObject status = JsonObject.parse(cli.run("status", "--json").out());
        assertThat(status.objects("questions")).isEmpty();
        assertThat(status.string("verdict")).isEqualTo("safe");
        assertThat(cli.run("answer", String.valueOf(id), "yes").code()).isEqualTo(2);
        running.raise("TERM");
        assertThat(running.code()).isZero();
    }

    @Test
    void theQuestionGoesAwayWithItsReason() throws Exception {
        Cli.Running running = run();
        empty();
        running.expect("\"question\"");
        Files.move(place.resolve("aside/file"), place.resolve("src/file"));
        running.expect("\"question_closed\"");
        JsonObject status = JsonObject.parse(cli.run("status", "--json").out());
        assertThat(status.objects("questions")).isEmpty();
        assertThat(status.string("verdict")).isEqualTo("safe");
        running.raise("TERM");
        assertThat(running.code()).isZero();
        cli.run("restore", "latest:" + place.resolve("src"), "--into", "out");
        assertThat(place.resolve("out/file")).hasContent("content");
    }

    @Test
    void whereNobodyWatchesTheNextBackupTakesTheAnswer() throws Exception {
        assertThat(cli.run("init", "--to", "repo", "-p", "password").code()).isZero();
        assertThat(cli.run("backup", "src", "--to", "repo", "-p", "password").code())
                .isZero();
        empty();
        Cli.Outcome refused = cli.run("backup", "src");
        assertThat(refused.code()).isEqualTo(1);
        String id = String.valueOf(question().string("id"));
        assertThat(refused.err()).contains("nightjar answer " + id + " yes");
        assertThat(snapshots()).isEqualTo(1);
        assertThat(cli.run("status").out())
                .startsWith("× Nightjar is not running.")
                .contains("If it is meant:  nightjar answer " + id + " yes");
        assertThat(cli.run("backup", "src").code()).isEqualTo(1); // the same question again
        assertThat(question().string("id")).isEqualTo(id);

        assertThat(cli.run("answer", id, "yes", "--json").out())
                .startsWith("{\"message_type\":\"answered\",\"id\":\"" + id + "\"");
        assertThat(question().flag("answered")).isTrue();
        assertThat(cli.run("status").out()).contains("You said yes: the next run or backup saves it so.");
        assertThat(cli.run("backup", "src").code()).isZero();
        assertThat(snapshots()).isEqualTo(2);
        assertThat(JsonObject.parse(cli.run("status", "--json").out()).objects("questions"))
                .isEmpty();
    }

    @Test
    void whatIsGoneAltogetherCannotBeMeant() throws Exception {
        assertThat(cli.run("init", "--to", "repo", "-p", "password").code()).isZero();
        assertThat(cli.run("backup", "src", "--to", "repo", "-p", "password").code())
                .isZero();
        Files.move(place.resolve("src"), place.resolve("gone"));
        Cli.Outcome refused = cli.run("--job", "src", "backup");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err()).doesNotContain("nightjar answer");
        Cli.Outcome yes = cli.run("answer", String.valueOf(question().string("id")), "yes");
        assertThat(yes.code()).isEqualTo(2);
        assertThat(yes.err()).startsWith("nightjar: yes is no answer to ").contains("\n  Do:  mkdir ");
    }

    @Test
    void whatIsNotAskedIsNotAnswered() throws Exception {
        assertThat(cli.run("changes", "src").code()).isZero();
        Cli.Outcome wrong = cli.run("answer", "12345678", "yes");
        assertThat(wrong.code()).isEqualTo(2);
        assertThat(wrong.err()).isEqualTo("""
            nightjar: there is no question 12345678
              It may have been answered, or be no question any more. Nothing was touched.
              Do:  nightjar status     shows what is asked
            """);
    }
}
