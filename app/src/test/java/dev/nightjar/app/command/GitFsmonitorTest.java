package dev.nightjar.app.command;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C5, C7, C7b: git, which believes whoever answers its fsmonitor hook, sees by {@code nightjar changes} what it sees itself. */
final class GitFsmonitorTest {
    private static final int ROUNDS = 10;

    @TempDir
    Path temporary;

    private final Random random = new Random(7);
    private Path place = Path.of("/");
    private Path work = place;

    @BeforeEach
    void aWorkTree() throws Exception {
        place = temporary.toRealPath();
        work = Files.createDirectory(place.resolve("work"));
        Files.writeString(place.resolve("password"), "geheim");
        for (int i = 0; i < 40; i++) {
            Path directory = Files.createDirectories(work.resolve("d" + i % 5 + "/e" + i % 3));
            Files.writeString(directory.resolve("file " + i), "content " + i);
        }
        git("init", "-q");
        git("-c", "user.name=n", "-c", "user.email=n@example.org", "add", ".");
        git("-c", "user.name=n", "-c", "user.email=n@example.org", "commit", "-qm", "first");
        git("config", "core.untrackedCache", "true");
        script(
                "bin/nightjar",
                "exec \"%s/bin/java\" --enable-native-access=ALL-UNNAMED -cp '%s' dev.nightjar.app.Main \"$@\""
                        .formatted(System.getProperty("java.home"), System.getProperty("java.class.path")));
        script(
                "bin/hook",
                "PATH=%s/bin:$PATH %s \"$@\" | tee -a %s"
                        .formatted(place, Path.of(root(), "examples", "git-fsmonitor"), place.resolve("answers")));
        script("bin/silent", "printf 'nj1:0\\0'");
    }

    private static String root() {
        return Objects.requireNonNull(System.getProperty("nightjar.root"), "nightjar.root");
    }

    @Test
    void statusSaysTheSameWithAndWithout() throws Exception {
        Cli.Running running = new Cli(place)
                .start(
                        "run",
                        "work",
                        "--to",
                        "repo",
                        "-p",
                        "password",
                        "--every",
                        "1h",
                        "--watcher",
                        "inotify",
                        "--json");
        running.expect("\"watching\"");
        git("config", "core.fsmonitor", place.resolve("bin/hook").toString());
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = random.nextInt(6); i >= 0; i--) {
                change();
            }
            String trusting = git("status", "--porcelain", "-uall");
            assertThat(trusting).as("round " + round).isEqualTo(statusByLooking());
        }
        List<String> answers =
                List.of(Files.readString(place.resolve("answers"), ISO_8859_1).split("\0", -1));
        assertThat(answers.stream().filter(part -> part.startsWith("nj1:"))).hasSizeGreaterThanOrEqualTo(ROUNDS);
        assertThat(answers.stream().filter(part -> part.equals("/")))
                .as("everything may have changed, after the first time")
                .hasSize(1);
        aHookThatKeepsSilentIsBelieved();
        running.raise("TERM");
        assertThat(running.code()).isZero();
    }

    /** Otherwise this test would show nothing. */
    private void aHookThatKeepsSilentIsBelieved() throws Exception {
        String silent = "core.fsmonitor=" + place.resolve("bin/silent");
        git("checkout", "-q", "--", ".");
        git("clean", "-qfd");
        git("-c", silent, "status", "--porcelain");
        git("-c", silent, "status", "--porcelain");
        Files.writeString(files().getFirst(), "not told");
        assertThat(git("-c", silent, "status", "--porcelain")).isEmpty();
        assertThat(statusByLooking()).isNotEmpty();
    }

    private String statusByLooking() throws Exception {
        return run(List.of(
                "env",
                "GIT_OPTIONAL_LOCKS=0",
                "git",
                "-c",
                "core.fsmonitor=",
                "-c",
                "core.untrackedCache=false",
                "status",
                "--porcelain",
                "-uall"));
    }

    /** Something that people do to a work tree. */
    private void change() throws Exception {
        List<Path> files = files();
        Path file = files.get(random.nextInt(files.size()));
        Path other = files.get(random.nextInt(files.size()));
        Path directory = Objects.requireNonNull(other.getParent());
        switch (random.nextInt(8)) {
            case 0, 1 -> Files.writeString(file, "changed " + random.nextInt());
            case 2 -> Files.writeString(directory.resolve("new\n" + random.nextInt(100)), "new");
            case 3 -> Files.delete(file);
            case 4 -> move(file, directory.resolve("moved " + random.nextInt(1000)));
            case 5 -> move(directory, work.resolve("moved" + random.nextInt(1000)));
            case 6 -> git("checkout", "-q", "--", ".");
            default ->
                run(List.of(
                        "cp",
                        "-r",
                        directory.toString(),
                        work.resolve("copy" + random.nextInt(1000)).toString()));
        }
    }

    private static void move(Path from, Path to) throws IOException {
        if (!Files.exists(to)) {
            Files.move(from, to);
        }
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> all = Files.walk(work)) {
            return all.filter(Files::isRegularFile)
                    .filter(file -> !file.startsWith(work.resolve(".git")))
                    .sorted()
                    .toList();
        }
    }

    private String git(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(arguments));
        return run(command);
    }

    private String run(List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).directory(work.toFile());
        builder.environment().put("NIGHTJAR_STATE", place.resolve("state").toString());
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.redirectError(place.resolve("stderr").toFile());
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor())
                .as("%s: %s", command, Files.readString(place.resolve("stderr"), UTF_8))
                .isZero();
        return said;
    }

    private void script(String name, String command) throws IOException {
        Path file = place.resolve(name);
        Files.createDirectories(Objects.requireNonNull(file.getParent()));
        Files.writeString(file, "#!/bin/sh\n" + command + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
