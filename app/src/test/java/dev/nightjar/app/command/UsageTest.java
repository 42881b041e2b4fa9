package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class UsageTest {
    @TempDir
    Path place;

    private Cli cli = new Cli(Path.of("/"));

    @BeforeEach
    void here() {
        cli = new Cli(place);
    }

    @Test
    void showsTheVerbsWhenCalledWithout() {
        Cli.Outcome outcome = cli.run();
        assertThat(outcome.code()).isZero();
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("Keeps a versioned backup up to date while you work");
        for (String verb : verbs().toList()) {
            assertThat(outcome.out()).as(verb).containsPattern("\\b" + verb + "\\b");
        }
    }

    static Stream<String> verbs() {
        return Verbs.names().stream();
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void everyVerbHasHelpThatFitsATerminal(String verb) {
        Cli.Outcome outcome = cli.run(verb, "--help");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("Usage: nightjar " + verb);
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
        assertThat(cli.run("help", verb).out()).isEqualTo(outcome.out());
    }

    @ParameterizedTest
    @CsvSource({"exit-codes", "json", "excludes", "times", "errors", "changes"})
    void explainsWhatConcernsThemAll(String topic) {
        Cli.Outcome outcome = cli.run("help", topic);
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        backup --exlude x                | nightjar: backup has no option --exlude
        bakup                            | nightjar: there is no verb bakup
        init                             | nightjar: init needs --to REPO
        -V                               | nightjar: nightjar has no option -V
        --js                             | nightjar: nightjar has no option --js
        version extra                    | nightjar: version takes no argument extra
        backup src                       | nightjar: there is nothing to look at in src
        run --every 5x .                 | nightjar: --every: '5x' is no duration: write 0s, 30s, 5m or 1h
        snapshots                        | nightjar: which repository?
        snapshots -r sftp:me@nas:/x      | nightjar: cannot use the repository sftp:me@nas:/x
        snapshots -r                     | nightjar: a value is missing after --repo REPO
        init --to x -r y                 | nightjar: --to and -r name different repositories
        restore latest                   | nightjar: restore needs to know where the files go: --into DIR
        restore                          | nightjar: restore needs a path, or a snapshot: latest or its id
        restore latest --into x --overwrite maybe -r . | nightjar: --overwrite cannot be maybe
        restore notes.txt                | nightjar: which repository?
        restore a latest --into x        | nightjar: restore takes paths, or one snapshot
        restore latest --at 2h --into x  | nightjar: a snapshot and --at both say when
        restore notes.txt --at soon      | nightjar: --at: soon is no time
        ls x                             | nightjar: ls needs a snapshot: latest, latest~3 or 8 to 64 hex digits
        dump x                           | nightjar: dump needs a snapshot: latest, latest~3 or 8 to 64 hex digits
        dump latest:/a b -r .            | nightjar: dump was given two paths
        diff latest x                    | nightjar: diff needs a snapshot: latest, latest~3 or 8 to 64 hex digits
        find [ -r .                      | nightjar: '[' can match nothing
        snapshots x                      | nightjar: x is no snapshot: latest, latest~3 or 8 to 64 hex digits
        snapshots --latest 0 -r .        | nightjar: --latest cannot be 0
        snapshots --since x -r .         | nightjar: --since: x is no time
        key drop                         | nightjar: key cannot drop
        key remove                       | nightjar: key remove needs the ID of a key
        changes . --exec x               | nightjar: --exec needs --cursor NAME
        changes . --after-cursor x       | nightjar: this is not a cursor: x
        changes . -0 --json              | {"message_type":"exit_error","code":2
        status                           | nightjar: nothing is backed up yet
        help nothing                     | nightjar: there is no help on nothing
        password hide                    | nightjar: password cannot hide
        explain                          | nightjar: explain needs a PATH
        answer                           | nightjar: answer needs the id of a question, and yes or no
        answer 12345678                  | nightjar: answer needs the id of a question, and yes or no
        answer 12345678 maybe            | nightjar: answer needs the id of a question, and yes or no
        answer 12345678 yes              | nightjar: there is no question 12345678
        init --to x                      | nightjar: no password was given
        init --to x -p none              | nightjar: cannot read the password file
        init --to x -p a --password-command b | nightjar: --password-file and --password-command are both given
        init --to x --password-command false | nightjar: the password command gave no password: false
        """)
    void refusesWithWhatWhyAndDo(String line, String what) {
        Cli.Outcome outcome = cli.run(line.split(" "));
        assertThat(outcome.err()).startsWith(what).containsAnyOf("\n  Do:  ", "\"hint\":[\"");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.out()).isEmpty();
        assertThat(place.resolve("state")).doesNotExist();
        assertThat(place.resolve("x")).doesNotExist();
    }

    @Test
    void restoreNamesBothWaysWhenToldTo() {
        Cli.Outcome outcome = cli.run("restore", "latest", "--to", "/tmp/x");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.err()).isEqualTo("""
            nightjar: restore has no option --to. Where should the files go?
              Do:  nightjar restore latest --into DIR     (-r says which repository)
            """);
    }

    @Test
    void suggestsWhatWasMeant() {
        assertThat(cli.run("bakup").err()).contains("Did you mean backup?");
    }

    @Test
    void mistakesAreJsonToo() {
        JsonObject error =
                JsonObject.parse(cli.run("--json", "backup", "--exlude").err());
        assertThat(error.type()).isEqualTo("exit_error");
        assertThat(error.number("code", 0)).isEqualTo(2);
        assertThat(error.string("class")).isEqualTo("usage");
        assertThat(error.strings("hint")).isNotEmpty();
    }

    @Test
    void saysThatThereIsNoRepository() {
        Cli.Outcome outcome = cli.run("snapshots", "-r", "nowhere", "--json");
        assertThat(outcome.code()).isEqualTo(10);
        JsonObject error = JsonObject.parse(outcome.err());
        assertThat(error.string("error")).isEqualTo("no-repository");
        assertThat(error.string("path")).isEqualTo(place.resolve("nowhere").toString());
    }

    @ParameterizedTest
    @CsvSource({"version", "--version", "snapshots --version"})
    void showsTheVersion(String line) {
        Cli.Outcome outcome = cli.run(line.split(" "));
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).startsWith("nightjar 0.1.0 on Java ");
    }

    @Test
    void flagsOfAllVerbsMayStandAnywhere() {
        assertThat(cli.run("--json", "version").out())
                .isEqualTo(cli.run("version", "--json").out());
    }
}
