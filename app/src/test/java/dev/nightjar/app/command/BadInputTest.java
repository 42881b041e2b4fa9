package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.linux.ThisProcess;
import dev.nightjar.repository.LockMode;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryContext;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people do wrong, and what happens to files meanwhile: a code, a message with its parts, and nothing half done. */
final class BadInputTest {
    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSourceAndARepository() throws IOException {
        place = temporary.toRealPath();
        cli = new Cli(place);
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/file"), "content");
        Files.writeString(place.resolve("password"), "geheim\n");
        Files.writeString(place.resolve("other"), "falsch\n");
        ended(cli.run("init", "--to", "repo", "-p", "password"), 0);
    }

    /** How it ended, and that it said so in words. */
    private static Cli.Outcome ended(Cli.Outcome outcome, int code) {
        assertThat(outcome.code()).as(outcome.err()).isEqualTo(code);
        assertThat(outcome.err()).doesNotContain("Exception", "\tat ", "this should not have happened");
        if (code != 0) {
            assertThat(outcome.err()).startsWith("nightjar: ");
        }
        return outcome;
    }

    private Cli.Outcome backup() {
        return cli.run("backup", "src", "--to", "repo", "-p", "password");
    }

    @Test
    void aWrongPassword() {
        Cli.Outcome outcome = ended(cli.run("snapshots", "-r", "repo", "-p", "other"), 12);
        assertThat(outcome.err())
                .startsWith("nightjar: the password does not open " + place.resolve("repo") + "\n")
                .contains("Taken from: --password-file", "  Do:  ");
        ended(cli.run("backup", "src", "--to", "repo", "-p", "other"), 12);
        assertThat(cli.run("status").err()).as("no job was made").contains("nothing is backed up yet");
        JsonObject json = JsonObject.parse(
                cli.run("ls", "latest", "-r", "repo", "-p", "other", "--json").err());
        assertThat(json.number("code", 0)).isEqualTo(12);
        assertThat(json.string("error")).isEqualTo("wrong-password");
    }

    @Test
    void aPlaceThatIsNoRepository() throws IOException {
        assertThat(ended(cli.run("snapshots", "-r", "src", "-p", "password"), 10)
                        .err())
                .contains("no repository at " + place.resolve("src"), "has no file \"config\"", "nightjar init --to");
        assertThat(ended(cli.run("snapshots", "-r", "password", "-p", "password"), 10)
                        .err())
                .contains("It is a file, not a directory");
        ended(cli.run("backup", "src", "--to", "nowhere", "-p", "password"), 10);
        assertThat(place.resolve("nowhere")).doesNotExist();
        assertThat(ended(cli.run("init", "--to", "password", "-p", "password"), 1)
                        .err())
                .contains("there is a file of this name");
        assertThat(place.resolve("password")).hasContent("geheim\n");
        ended(cli.run("init", "--to", "repo", "-p", "password"), 1);
    }

    @Test
    void aRepositoryThatWasThereAndIsNot() throws IOException {
        ended(backup(), 0);
        Files.move(place.resolve("repo"), place.resolve("unplugged"));
        Cli.Outcome outcome = ended(backup(), 10);
        assertThat(outcome.err()).contains("There was one, ", "no other is made in its place", "\n  Do:  ");
        assertThat(place.resolve("repo")).doesNotExist();
    }

    @Test
    void aRepositoryThatSomebodyElseHas() throws IOException {
        ended(backup(), 0);
        RepositoryContext context = new RepositoryContext(
                place.resolve("cache"), InstantSource.system(), new SecureRandom(), "attic", "somebody");
        byte[] password = "geheim".getBytes(StandardCharsets.UTF_8);
        try (Repository repository = Repository.open(new LocalStorage(place.resolve("repo")), password, context);
                RepositoryLock _ = repository.lock(LockMode.EXCLUSIVE)) {
            Files.writeString(place.resolve("src/file"), "changed");
            for (Cli.Outcome outcome : List.of(
                    backup(),
                    cli.run("restore", "latest", "--into", "out"),
                    cli.run("ls", "latest"),
                    cli.run("check"))) {
                assertThat(ended(outcome, 11).err())
                        .contains("is locked by somebody on host \"attic\"", "  Do:  wait")
                        .doesNotContain("unlock");
            }
            assertThat(place.resolve("out/tmp")).doesNotExist();
            ended(cli.run("snapshots"), 0);
        }
        ended(backup(), 0);
    }

    @Test
    void aSourceThatIsMissingOrAFile() {
        assertThat(ended(cli.run("backup", "nowhere", "--to", "repo", "-p", "password"), 2)
                        .err())
                .contains("nowhere", "Nothing was touched");
        assertThat(ended(cli.run("run", "src/file", "--to", "repo", "-p", "password"), 2)
                        .err())
                .contains("src/file is not a directory", "  Do:  ");
        assertThat(cli.run("status").err()).contains("nothing is backed up yet");
    }

    @Test
    void aSourceThatWentAway() throws IOException { // C17
        ended(backup(), 0);
        Files.move(place.resolve("src"), place.resolve("aside"));
        Cli.Outcome outcome = ended(cli.run("backup"), 1);
        assertThat(outcome.err()).contains(place.resolve("src") + " is gone", "Nothing was deleted anywhere");
        Files.move(place.resolve("aside"), place.resolve("src"));
        ended(cli.run("backup"), 0);
    }

    @Test
    void aRestoreIntoAFile() throws IOException {
        ended(backup(), 0);
        assertThat(ended(cli.run("restore", "latest", "--into", "password"), 2).err())
                .contains("It is a file, not a directory");
        assertThat(place.resolve("password")).hasContent("geheim\n");
        ended(cli.run("restore", "12345678", "--into", "out"), 1);
        ended(cli.run("restore", "latest:/nowhere", "--into", "out"), 1);
        assertThat(place.resolve("out")).doesNotExist();
    }

    @Test
    void whatNightjarKeepsIsNoPartOfABackup() throws IOException {
        Cli inside =
                new Cli(place).with("NIGHTJAR_STATE", place.resolve("src/state").toString());
        ended(inside.run("init", "--to", "src/repo", "-p", "password"), 0);
        ended(inside.run("backup", "src", "--to", "src/repo", "-p", "password"), 0);
        ended(inside.run("backup", "src"), 0);
        Cli.Outcome list = ended(inside.run("ls", "latest:" + place.resolve("src")), 0);
        assertThat(list.out().lines()).containsExactly(place.resolve("src/file").toString());
    }

    @Test
    void aJobFileThatIsDamaged() throws IOException {
        ended(backup(), 0);
        try (var jobs = Files.newDirectoryStream(place.resolve("state/jobs"))) {
            Files.writeString(jobs.iterator().next().resolve("job.json"), "{");
        }
        assertThat(ended(cli.run("status"), 2).err()).contains("job.json is damaged", "  Do:  rm ");
    }

    @Test
    void filesThatComeAndGoMeanwhile() throws Exception { // C13
        Path busy = Files.createDirectory(place.resolve("src/busy"));
        AtomicBoolean done = new AtomicBoolean();
        Thread thread = Thread.ofPlatform().start(() -> {
            for (int i = 0; !done.get(); i++) {
                try {
                    Files.writeString(busy.resolve("f" + i % 500), "content " + i);
                    Files.deleteIfExists(busy.resolve("f" + (i + 250) % 500));
                } catch (IOException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
        try {
            for (int i = 0; i < 3; i++) {
                assertThat(backup().code()).isIn(0, 3);
            }
        } finally {
            done.set(true);
            thread.join();
        }
        ended(backup(), 0);
        ended(cli.run("check", "--read-data"), 0);
        ended(cli.run("restore", "latest:" + busy, "--into", "out"), 0);
        try (var files = Files.list(busy)) {
            for (Path file : files.toList()) {
                assertThat(place.resolve("out").resolve(file.getFileName())).hasSameBinaryContentAs(file);
            }
        }
    }

    @Test
    void aFileAndADirectoryThatMayNotBeRead() throws Exception {
        Path secret = Files.writeString(place.resolve("src/secret"), "secret");
        Path shut = Files.createDirectory(place.resolve("src/shut"));
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("---------"));
        Process process = withoutPowers("backup", "src", "--to", "repo", "-p", "password");
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(3);
        assertThat(said)
                .contains(
                        "but 2 files could not be read",
                        secret + "  (Permission denied)",
                        shut + "  (cannot be listed: Permission denied)",
                        "  Do:  ");
        assertThat(cli.run("status").out()).contains(", except 2 files.", secret.toString(), shut.toString());
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        Files.setPosixFilePermissions(shut, PosixFilePermissions.fromString("rwx------"));
        ended(backup(), 0);
        assertThat(cli.run("ls", "latest:" + place.resolve("src")).out()).contains(secret.toString());
    }

    /** C18: what cannot be saved first is not overwritten. */
    @Test
    void aFileThatCannotBeReadIsNotOverwritten() throws Exception {
        Path secret = Files.writeString(place.resolve("src/secret"), "as it was");
        ended(backup(), 0);
        Files.writeString(secret, "never saved, as nobody may read it");
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("---------"));
        Process process = withoutPowers("restore", secret.toString(), "--overwrite", "always", "-p", "password");
        String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isEqualTo(1);
        assertThat(said)
                .contains(
                        secret + " could not be read",
                        "(Permission denied)",
                        "could not be saved first; nothing was restored",
                        "nightjar restore " + secret);
        Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        assertThat(secret).hasContent("never saved, as nobody may read it");
    }

    /** A process that permissions hold for, also when the test is run by root. */
    private Process withoutPowers(String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        if (ThisProcess.uid() == 0) {
            command.addAll(List.of("setpriv", "--bounding-set=-dac_override,-dac_read_search"));
        }
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                "dev.nightjar.app.Main"));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(place.toFile());
        builder.environment().put("NIGHTJAR_STATE", place.resolve("state").toString());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        return builder.start();
    }
}
