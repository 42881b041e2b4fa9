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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
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
        return () -> rename(at(one), at(other), RenameMode.EXCHANGE);
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

    /** Who stops between its coming and its first leaving is never told that it came: there is none by then. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 100})
    void aNewFileLeavesItsNameComesBackAndCeases(int limit) throws Exception {
        followed(
                limit,
                write("n"),
                write("b/g"),
                move("n", "m"),
                move("m", "n"),
                write("c"),
                () -> Files.delete(at("n")));
    }

    /** As many steps as fit into a second, a few names that are used again and again. */
    @ParameterizedTest
    @MethodSource("seeds")
    void manySteps(int seed) throws Exception {
        Random random = new Random(seed);
        Step[] steps = new Step[40];
        for (int i = 0; i < steps.length; i++) {
            steps[i] = () -> step(random);
        }
        followed(1 + random.nextInt(4), steps);
    }

    static IntStream seeds() {
        return IntStream.range(0, Integer.getInteger("nightjar.mirrors", 30));
    }

    private void step(Random random) throws IOException {
        List<Path> directories = new ArrayList<>();
        List<Path> all = new ArrayList<>();
        try (Stream<Path> walk = Files.walk(root)) {
            walk.forEach(path -> (Files.isDirectory(path) ? directories : all).add(path));
        }
        all.addAll(directories.subList(1, directories.size()));
        Path in = directories.get(random.nextInt(directories.size()));
        Path name = in.resolve(List.of("c", "f", "n").get(random.nextInt(3)));
        Path other = all.isEmpty() ? name : all.get(random.nextInt(all.size()));
        int kind = random.nextInt(10);
        if (kind < 3 && !Files.isDirectory(name)) {
            Files.writeString(name, Integer.toString(random.nextInt()));
        } else if (kind < 4 && directories.size() < 8 && !Files.exists(name)) {
            Files.createDirectory(name);
        } else if (kind < 8 && !name.startsWith(other) && !all.isEmpty()) {
            boolean exchanged = Files.exists(name) && !other.startsWith(name);
            if (exchanged || !Files.exists(name)) {
                rename(other, name, exchanged ? RenameMode.EXCHANGE : RenameMode.NO_REPLACE);
            }
        } else if (!all.isEmpty()) {
            try (Stream<Path> walk = Files.walk(other)) {
                for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }

    private static void rename(Path from, Path to, RenameMode mode) throws IOException {
        try (Directory source = Directory.open(BytePath.of(parent(from)));
                Directory target = Directory.open(BytePath.of(parent(to)))) {
            source.rename(name(from), target, name(to), mode);
        }
    }

    private static String parent(Path path) {
        return Objects.requireNonNull(path.getParent()).toString();
    }

    private static Name name(Path path) {
        return Name.of(Objects.requireNonNull(path.getFileName()).toString());
    }
}
