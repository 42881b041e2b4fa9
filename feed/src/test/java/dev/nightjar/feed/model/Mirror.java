package dev.nightjar.feed.model;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A reader of changes that believes what it is told and never looks anything up: it has a name only if it was told of it,
 * and is told of nothing in a directory that it does not have (C7b).
 */
final class Mirror {
    private final TreeMap<BytePath, Boolean> names = new TreeMap<>();
    private @Nullable Cursor cursor;

    /** Asks until there is no more; says what it was told that cannot be. */
    List<String> follow(ChangeFeed feed, int limit) throws IOException {
        List<String> wrong = new ArrayList<>();
        boolean more = true;
        while (more) {
            ChangeBatch batch = feed.changes(cursor, limit);
            apply(batch.changes(), wrong);
            cursor = batch.cursor();
            more = batch.more();
        }
        return wrong;
    }

    /** What it has that the catalog has not, and the other way round. */
    List<String> differences(Map<BytePath, Row> catalog) {
        List<String> differences = new ArrayList<>();
        TreeSet<BytePath> paths = new TreeSet<>(names.keySet());
        paths.addAll(catalog.keySet());
        for (BytePath path : paths) {
            Row row = catalog.get(path);
            Boolean directory = row == null ? null : row.directory();
            if (!Objects.equals(names.get(path), directory)) {
                differences.add("mirror has " + kind(names.get(path)) + ", not " + kind(directory) + ": " + path);
            }
        }
        return differences;
    }

    private static String kind(@Nullable Boolean directory) {
        return directory == null ? "nothing" : directory ? "a directory" : "a file";
    }

    private void apply(List<Change> changes, List<String> wrong) {
        // First all that leaves its place, the deepest first; then what comes, in the order of the telling.
        TreeMap<BytePath, Change> leaving = new TreeMap<>();
        for (Change change : changes) {
            switch (change) {
                case Change.Moved moved -> leave(leaving, moved.from(), change, wrong);
                case Change.Deleted deleted -> leave(leaving, deleted.path(), change, wrong);
                case Change.LeftOut leftOut -> leave(leaving, leftOut.path(), change, wrong);
                case Change.Created created -> {}
                case Change.Modified modified -> {}
                case Change.Unknown unknown -> wrong.add("told of a gap: " + unknown);
            }
        }
        Map<Change, Map<BytePath, Boolean>> carried = new HashMap<>();
        leaving.descendingMap().forEach((path, change) -> {
            carried.put(change, take(path)); // nothing if it came and went
        });
        for (Change change : changes) {
            switch (change) {
                case Change.Moved moved -> {
                    arrive(change, moved.path(), moved.directory(), wrong);
                    carried.getOrDefault(change, Map.of()).forEach((below, directory) -> {
                        BytePath path = moved.path().resolve(moved.from().relativize(below));
                        names.put(path, directory);
                    });
                }
                case Change.Created created -> arrive(change, created.path(), created.directory(), wrong);
                case Change.Modified modified -> {
                    if (!Boolean.valueOf(modified.directory()).equals(names.get(modified.path()))) {
                        wrong.add("not there to be modified: " + change);
                    }
                }
                case Change.Deleted deleted -> {}
                case Change.LeftOut leftOut -> {}
                case Change.Unknown unknown -> {}
            }
        }
    }

    private static void leave(Map<BytePath, Change> leaving, BytePath path, Change change, List<String> wrong) {
        Change other = leaving.put(path, change);
        if (other != null) {
            wrong.add("two leave one name: " + other + " and " + change);
        }
    }

    private void arrive(Change change, BytePath path, boolean directory, List<String> wrong) {
        BytePath parent = path.parent();
        boolean root = names.isEmpty();
        if (!root && !Boolean.TRUE.equals(parent == null ? null : names.get(parent))) {
            wrong.add("without the directory it is in: " + change);
        }
        if (names.put(path, directory) != null) {
            wrong.add("there already: " + change);
        }
    }

    private Map<BytePath, Boolean> take(BytePath path) {
        Map<BytePath, Boolean> taken = new HashMap<>();
        for (Map.Entry<BytePath, Boolean> below : names.tailMap(path, true).entrySet()) {
            if (!below.getKey().startsWith(path)) {
                break;
            }
            taken.put(below.getKey(), below.getValue());
        }
        taken.keySet().forEach(names::remove);
        return taken;
    }
}
