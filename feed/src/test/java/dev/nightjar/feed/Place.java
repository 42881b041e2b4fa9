package dev.nightjar.feed;

import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A directory to watch, one beside it, and a state: all removed at the end. */
final class Place implements AutoCloseable {
    final Path top;
    final Path root;
    final Path outside;
    final Path state;

    /** Below a directory: {@code /dev/shm} is tmpfs, {@code target} whatever the sources are on. */
    Place(Path below) throws IOException {
        top = Files.createTempDirectory(Files.createDirectories(below), "feed").toRealPath();
        root = Files.createDirectory(top.resolve("root"));
        outside = Files.createDirectory(top.resolve("outside"));
        state = top.resolve("state");
        Files.writeString(root.resolve("keep"), "so that the root is never empty");
    }

    FeedOptions options(WatcherChoice watcher, SelectionRules rules) {
        return new FeedOptions(
                        state,
                        List.of(BytePath.of(root.toString())),
                        Selection.of(rules),
                        List.of(BytePath.of(root.resolve("target").toString())),
                        watcher,
                        Timing.DEFAULT,
                        InstantSource.system())
                .keepingOwnEvents();
    }

    BytePath path(String name) {
        return BytePath.of(root.resolve(name).toString());
    }

    /** The row of a path, or null. */
    @Nullable
    Entry row(ChangeFeed feed, String name) throws IOException {
        return feed.<@Nullable Entry>read(reader -> reader.entry(reader.find(path(name))));
    }

    /** Every path with a row, below the root. */
    List<String> rows(ChangeFeed feed) throws IOException {
        return feed.read(reader -> {
            List<String> paths = new ArrayList<>();
            List<Entry> left = new ArrayList<>(reader.roots());
            while (!left.isEmpty()) {
                Entry entry = left.removeLast();
                if (entry.parent() != 0) {
                    paths.add(root.relativize(Path.of(reader.path(entry.id()).toString()))
                            .toString());
                }
                reader.children(entry.id(), left::add);
            }
            paths.sort(Comparator.naturalOrder());
            return paths;
        });
    }

    /** Every path there is, below the root. */
    List<String> files() throws IOException {
        try (Stream<Path> walk = Files.walk(root)) {
            return walk.filter(path -> !path.equals(root))
                    .map(path -> root.relativize(path).toString())
                    .sorted()
                    .toList();
        }
    }

    static void remove(Path path) throws IOException {
        try (Stream<Path> walk = Files.walk(path)) {
            for (Path file : walk.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        remove(top);
    }
}
