package dev.nightjar.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.RenameMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** C7b: changes told in small steps fit one another, however often names have changed meanwhile. */
final class MirrorTest {
    private final Path root;
    private final FeedOptions options;

    MirrorTest(@TempDir Path top) throws IOException {
        root = Files.createDirectory(top.toRealPath().resolve("root"));
        options = new FeedOptions(
                top.resolve("state"),
                List.of(BytePath.of(root.toString())),
                Names.selection(),
                List.of(),
                WatcherChoice.INOTIFY,
                new Timing(Duration.ofMillis(1), Duration.ofMillis(10), Duration.ofMillis(1)),
                InstantSource.system());
    }

    private interface Step {
        void run() throws IOException;
    }

    private Path at(String name) {
        return root.resolve(name);
    }

    private Step make(String... directories) {
        return () -> {
            for (String directory : directories) {
                Files.createDirectories(at(directory));
            }
        };
    }

    private Step write(String file) {
        return () -> Files.writeString(at(file), Long.toString(System.nanoTime()));
    }

    private Step move(String from, String to) {
        return () -> Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private Step exchange(String one, String other) {
        return () -> {
            try (Directory directory = Directory.open(BytePath.of(root.toString()))) {
                directory.rename(Name.of(one), directory, Name.of(other), RenameMode.EXCHANGE);
            }
        };
    }

    private void followed(int limit, Step... steps) throws IOException, InterruptedException {
        for (Step first : List.of(make("a/x/deep", "b/y"), write("a/x/f"), write("b/g"), write("c"))) {
            first.run();
        }
        try (ChangeFeed feed = ChangeFeed.open(options)) {
            feed.start();
            feed.awaitHealed();
            feed.barrier();
            Mirror mirror = new Mirror();
            assertThat(mirror.follow(feed, limit)).isEmpty();
            assertThat(mirror.differences(Walk.ofCatalog(feed))).isEmpty();
            for (Step step : steps) {
                step.run();
                feed.barrier();
            }
            assertThat(mirror.follow(feed, limit)).isEmpty();
            assertThat(mirror.differences(Walk.ofCatalog(feed))).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aFileMovesIntoADirectoryThatIsNewAndMovesOn(int limit) throws Exception {
        followed(
                limit,
                write("b/g"),
                make("n"),
                move("c", "n/c"),
                move("n", "m"),
                write("m/late"),
                move("m/c", "a/x/c"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aNameIsGivenToAnotherDirectory(int limit) throws Exception {
        followed(
                limit,
                move("c", "a/x/c"),
                move("a", "old"),
                make("a/x"),
                write("a/x/f"),
                move("old/x/f", "a/f"),
                move("b", "a/x/b"),
                move("old", "b"),
                write("a/x/b/g"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void namesAreExchanged(int limit) throws Exception {
        followed(
                limit,
                exchange("a", "b"),
                write("a/g"),
                exchange("b", "c"),
                move("b", "a/y/c"),
                exchange("a", "c"),
                write("late"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aDirectoryIsTurnedOver(int limit) throws Exception {
        followed(
                limit,
                move("a/x", "x"),
                move("a", "x/a"),
                move("x", "a"),
                write("a/f"),
                move("a/a", "x"),
                write("x/h"));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aDirectoryCeasesAfterWhatWasInItMovedOut(int limit) throws Exception {
        followed(
                limit,
                make("n/deep"),
                move("a/x", "n/deep/x"),
                write("b/g"),
                move("n/deep/x", "x"),
                () -> Files.delete(at("n/deep")),
                () -> Files.delete(at("n")),
                () -> Files.delete(at("a")),
                move("x", "a"),
                write("a/f"));
    }
}
