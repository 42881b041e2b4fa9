package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looking into a repository from the command line. */
final class LookTest {
    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void twoSnapshotsOfOneHostAndOneOfAnother() throws IOException {
        place = temporary.toRealPath();
        cli = new Cli(place);
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/Report.txt"), "one");
        Files.writeString(place.resolve("password"), "geheim\n");
        Files.writeString(place.resolve("new"), "neu\n");
        done("init", "--to", "repo", "-p", "password");
        done("backup", "src", "--to", "repo", "-p", "password", "--host", "a", "--tag", "x", "--tag", "y");
        Files.writeString(place.resolve("src/Report.txt"), "second");
        done("backup", "src", "--to", "repo", "-p", "password", "--host", "a", "--tag", "x");
        Files.writeString(place.resolve("src/more"), "more");
        done("backup", "src", "--to", "repo", "-p", "password", "--host", "b", "--tag", "z");
    }

    private String done(String... arguments) {
        Cli.Outcome outcome = cli.run(arguments);
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private long snapshots(String... filters) {
        List<String> line = new java.util.ArrayList<>(List.of("snapshots", "-r", "repo", "-p", "password", "--json"));
        line.addAll(List.of(filters));
        return done(line.toArray(String[]::new)).lines().count();
    }

    @Test
    void filtersMeanWhatResticsMean() {
        assertThat(snapshots()).isEqualTo(3);
        assertThat(snapshots("--host", "a")).isEqualTo(2);
        assertThat(snapshots("--host", "a", "--host", "b")).isEqualTo(3);
        assertThat(snapshots("--tag", "x,y")).isEqualTo(1);
        assertThat(snapshots("--tag", "x")).isEqualTo(2);
        assertThat(snapshots("--tag", "y", "--tag", "z")).isEqualTo(2);
        assertThat(snapshots("--tag", "")).isZero();
        assertThat(snapshots("--path", "src")).isEqualTo(3);
        assertThat(snapshots("--path", "src", "--path", "other")).isZero();
        assertThat(snapshots("--latest", "1")).isEqualTo(2);
        assertThat(snapshots("--since", "1h")).isEqualTo(3);
        assertThat(snapshots("--until", "1h")).isZero();
        assertThat(snapshots("latest", "latest~1")).isEqualTo(2);
        assertThat(done("snapshots", "-r", "repo", "-p", "password", "--latest", "1"))
                .contains("the latest of each of 2 hosts and paths");
    }

    @Test
    void dumpsToStdoutAndIntoAFileThatIsThereWhenItIsWhole() throws IOException {
        String file = place.resolve("src/Report.txt").toString();
        assertThat(done("dump", "latest~2:" + file, "-r", "repo", "-p", "password"))
                .isEqualTo("one");
        assertThat(done("dump", "latest", file, "--host", "a", "-r", "repo", "-p", "password"))
                .isEqualTo("second");
        String[] toFile = {"dump", "latest:" + place.resolve("src"), "-o", "out.tar", "-r", "repo", "-p", "password"};
        done(toFile);
        byte[] written = Files.readAllBytes(place.resolve("out.tar"));
        assertThat(written.length).isGreaterThan(1024);
        Cli.Outcome again = cli.run(toFile);
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("out.tar is there already", "Do:");
        assertThat(Files.readAllBytes(place.resolve("out.tar"))).isEqualTo(written);
        assertThat(cli.run("dump", "latest:/nowhere", "-o", "none", "-r", "repo", "-p", "password")
                        .code())
                .isEqualTo(1);
        try (var names = Files.list(place)) {
            assertThat(names.map(path -> path.getFileName().toString()))
                    .doesNotContain("none")
                    .noneMatch(name -> name.startsWith(".nightjar"));
        }
    }

    @Test
    void saysWhatDiffersAndWhereANameIs() {
        String file = place.resolve("src/Report.txt").toString();
        assertThat(done("diff", "latest~2", "latest", "-r", "repo", "-p", "password"))
                .contains("M    " + file)
                .contains("+    " + place.resolve("src/more"));
        assertThat(done("diff", "latest~1", "latest", file, "-r", "repo", "-p", "password"))
                .doesNotContain(file);
        assertThat(done("find", "-i", "REPORT.*", "-r", "repo", "-p", "password")
                        .lines()
                        .filter(line -> line.equals(file)))
                .hasSize(2); // the hosts are two histories
        assertThat(done("find", "src/R?port.txt", "--json", "-r", "repo", "-p", "password")
                        .lines()
                        .map(JsonObject::parse))
                .hasSize(3)
                .allMatch(json -> json.type().equals("match") && file.equals(json.string("path")));
        assertThat(done("find", "report.txt", "-r", "repo", "-p", "password")).contains("Not found in 3 snapshots.");
    }

    @Test
    void aPasswordThatAJobKeepsIsChangedWithTheKey() throws Exception {
        Files.createDirectory(place.resolve("other"));
        Files.writeString(place.resolve("other/file"), "content");
        Cli.Running run = cli.start("run", "other", "--to", "kept", "--json");
        run.expect("\"commit\"");
        run.raise("TERM");
        assertThat(run.code()).isZero();
        String old = done("password", "show", "-r", "kept");
        done("key", "passwd", "--new-password-file", "new", "-r", "kept");
        assertThat(done("password", "show", "-r", "kept")).isEqualTo("neu\n").isNotEqualTo(old);
        assertThat(done("snapshots", "-r", "kept", "--json").lines()).hasSize(1);
        Files.writeString(place.resolve("old"), old);
        assertThat(cli.run("snapshots", "-r", "kept", "-p", "old").code()).isEqualTo(12);
    }

    @Test
    void keysAreMadeListedAndRemovedButNotTheOneInUse() {
        done("key", "add", "--new-password-file", "new", "-r", "repo", "-p", "password");
        List<JsonObject> keys = done("key", "list", "--json", "-r", "repo", "-p", "new")
                .lines()
                .map(JsonObject::parse)
                .toList();
        assertThat(keys).hasSize(2);
        for (JsonObject key : keys) {
            Cli.Outcome outcome =
                    cli.run("key", "remove", String.valueOf(key.string("short_id")), "-r", "repo", "-p", "new");
            assertThat(outcome.code()).as(outcome.err()).isEqualTo(key.flag("current") ? 1 : 0);
        }
        assertThat(cli.run("snapshots", "-r", "repo", "-p", "password").code()).isEqualTo(12);
    }
}
