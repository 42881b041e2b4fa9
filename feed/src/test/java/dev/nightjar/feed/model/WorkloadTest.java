package dev.nightjar.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * C1 to C8 with the programs people use: while one of them works, and after it, the catalog and a reader of changes follow.
 * Each is a script beside this class, run in the watched directory.
 */
final class WorkloadTest {
    private final Path top;

    WorkloadTest() throws IOException {
        this.top = Files.createTempDirectory(Path.of("target"), "workload").toRealPath();
    }

    @AfterEach
    void removed() throws IOException, InterruptedException {
        Trees.remove(top);
    }

    static List<String> scripts() {
        return List.of(
                "git.sh",
                "sqlite-wal.sh",
                "editors.sh",
                "logs.sh",
                "copies.sh",
                "unnamed-files.py",
                "beyond-path-max.py",
                "all-bytes.py");
    }

    @ParameterizedTest
    @MethodSource("scripts")
    void byInotify(String script) throws Exception {
        run(WatcherChoice.INOTIFY, script);
    }

    @ParameterizedTest
    @MethodSource("scripts")
    @Tag("root")
    void byFanotify(String script) throws Exception {
        run(WatcherChoice.FANOTIFY, script);
    }

    private void run(WatcherChoice watcher, String script) throws Exception {
        Path selection = Files.createDirectory(top.resolve("selection"));
        Files.createFile(selection.resolve("anchor"));
        BytePath root = BytePath.of(selection.toString());
        FeedOptions options = new FeedOptions(
                top.resolve("state"),
                List.of(root),
                Names.selection(),
                List.of(),
                watcher,
                Timing.DEFAULT,
                InstantSource.system());
        Mirror mirror = new Mirror();
        try (ChangeFeed feed = ChangeFeed.open(options)) {
            feed.start();
            Process program = start(script, selection);
            while (!program.waitFor(50, TimeUnit.MILLISECONDS)) {
                assertThat(mirror.follow(feed, 40)).isEmpty(); // in the middle of it
            }
            assertThat(program.exitValue())
                    .as(Files.readString(top.resolve("output")))
                    .isZero();
            feed.awaitHealed();
            feed.barrier();
            assertThat(feed.barrier().complete()).isTrue(); // twice: looks in the tick of a change are repeated
            Map<BytePath, Row> catalog = Walk.ofCatalog(feed);
            assertThat(Walk.differences(Walk.ofDisk(root), catalog, Set.of())).isEmpty();
            assertThat(mirror.follow(feed, 100)).isEmpty();
            assertThat(mirror.differences(catalog)).isEmpty();
            assertThat(catalog).hasSizeGreaterThan(3);
        }
    }

    private Process start(String script, Path directory) throws IOException {
        Path copy = top.resolve(script);
        try (InputStream text = WorkloadTest.class.getResourceAsStream(script)) {
            assertThat(text).as(script).isNotNull();
            Files.write(copy, text.readAllBytes());
        }
        String interpreter = script.endsWith(".py") ? "python3" : "sh";
        ProcessBuilder program = new ProcessBuilder(interpreter, copy.toString())
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(top.resolve("output").toFile());
        program.environment().put("LC_ALL", "C");
        return program.start();
    }
}
