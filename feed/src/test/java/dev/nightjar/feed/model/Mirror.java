package dev.nightjar.feed.model;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A reader of changes that believes what it is told: it has a name only if it was told of it, and is told of nothing in a
 * directory that it does not have (C7b). What a name is it fetches when it was told that this is new or other, once it has
 * heard all there is, and never otherwise.
 */
final class Mirror {
    /** Gaps after which a reader has to begin anew: none of them is the feed's to make in a model run. */
    private static final Set<GapReason> REFUSALS = EnumSet.of(GapReason.CURSOR_EXPIRED, GapReason.CURSOR_FOREIGN);

    /** A name; the row is null until it is fetched. */
    private record Copy(boolean directory, @Nullable Row row) {}

    private final TreeMap<BytePath, Copy> copies = new TreeMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private @Nullable Cursor cursor;

    /** Asks until there is no more; says what it was told that cannot be. */
    List<String> follow(ChangeFeed feed, int limit) throws IOException {
        List<String> wrong = new ArrayList<>();
        boolean more = true;
        while (more) {
            ChangeBatch batch = feed.changes(cursor, limit);
            batch.changes().forEach(change -> told.merge(change.getClass().getSimpleName(), 1, Integer::sum));
            apply(batch.changes(), wrong);
            cursor = batch.cursor();
            more = batch.more() || !fetch(feed, batch.cursor().sequence());
        }
        return wrong;
    }

    /** How often each kind of change was told. */
    Map<String, Integer> told() {
        return told;
    }

    /** What it has that the catalog has not, and the other way round. */
    List<String> differences(Map<BytePath, Row> catalog) {
        List<String> differences = new ArrayList<>();
        TreeSet<BytePath> paths = new TreeSet<>(copies.keySet());
        paths.addAll(catalog.keySet());
        for (BytePath path : paths) {
            Row row = catalog.get(path);
            Copy copy = copies.get(path);
            if (row == null || copy == null) {
                differences.add("mirror has " + (copy == null ? "nothing" : copy) + ", not " + row + ": " + path);
            } else if (!row.equals(copy.row())) {
                differences.add("mirror differs: " + path + "\n  catalog " + row + "\n  mirror  " + copy.row());
            }
        }
        return differences;
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
                case Change.Unknown unknown -> {
                    if (REFUSALS.contains(unknown.reason())) {
                        wrong.add("its cursor was refused: " + unknown);
                    }
                }
            }
        }
        Map<Change, Map<BytePath, Copy>> carried = new HashMap<>();
        leaving.descendingMap().forEach((path, change) -> {
            carried.put(change, take(path)); // nothing if it came and went
        });
        for (Change change : changes) {
            switch (change) {
                case Change.Moved moved -> {
                    arrive(change, moved.path(), moved.directory(), wrong);
                    carried.getOrDefault(change, Map.of()).forEach((below, copy) -> {
                        if (!below.equals(moved.from())) {
                            copies.put(moved.path().resolve(moved.from().relativize(below)), copy);
                        }
                    });
                }
                case Change.Created created -> arrive(change, created.path(), created.directory(), wrong);
                case Change.Modified modified -> {
                    Copy copy = copies.put(modified.path(), new Copy(modified.directory(), null));
                    if (copy == null || copy.directory() != modified.directory()) {
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
        Copy above = parent == null ? null : copies.get(parent);
        boolean root = copies.isEmpty();
        if (!root && (above == null || !above.directory())) {
            wrong.add("without the directory it is in: " + change);
        }
        if (copies.put(path, new Copy(directory, null)) != null) {
            wrong.add("there already: " + change);
        }
    }

    private Map<BytePath, Copy> take(BytePath path) {
        Map<BytePath, Copy> taken = new HashMap<>();
        for (Map.Entry<BytePath, Copy> below : copies.tailMap(path, true).entrySet()) {
            if (!below.getKey().startsWith(path)) {
                break;
            }
            taken.put(below.getKey(), below.getValue());
        }
        taken.keySet().forEach(copies::remove);
        return taken;
    }

    /** Fetches what is lacking; false if something has changed again: a path may lead to another file then. */
    private boolean fetch(ChangeFeed feed, long heard) throws IOException {
        return feed.read(reader -> {
            if (reader.sequence() != heard) {
                return false;
            }
            for (Map.Entry<BytePath, Copy> copy : copies.entrySet()) {
                if (copy.getValue().row() == null) {
                    Entry entry = reader.entry(reader.find(copy.getKey()));
                    Row row = entry == null ? null : Row.of(entry);
                    copy.setValue(new Copy(copy.getValue().directory(), row));
                }
            }
            return true;
        });
    }
}
