package dev.nightjar.feed.model;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A reader of changes with a copy of the names, as a mirror would keep it: what ceased is removed with all below it, then
 * what came is fetched; of a directory that moved, everything below.
 */
final class Follower {
    private final TreeMap<BytePath, Boolean> copy = new TreeMap<>();
    private final Map<String, Integer> told = new HashMap<>();
    private @Nullable Cursor cursor;

    /** Asks until there is no more. */
    void follow(ChangeFeed feed, int limit) throws IOException {
        boolean more = true;
        while (more) {
            ChangeBatch batch = feed.changes(cursor, limit);
            batch.changes().forEach(change -> told.merge(change.getClass().getSimpleName(), 1, Integer::sum));
            batch.changes().forEach(this::forget);
            for (Change change : batch.changes()) {
                fetch(feed, change);
            }
            cursor = batch.cursor();
            more = batch.more();
        }
    }

    /** How often each kind of change was told. */
    Map<String, Integer> told() {
        return told;
    }

    /** What the copy has that the catalog has not, and the other way round. */
    Set<String> differences(Map<BytePath, Row> catalog) {
        Set<String> differences = new TreeSet<>();
        copy.forEach((path, directory) -> {
            Row row = catalog.get(path);
            if (row == null) {
                differences.add("copy has too much: " + path);
            } else if (row.directory() != directory) {
                differences.add("copy has the wrong type: " + path);
            }
        });
        catalog.keySet().stream()
                .filter(path -> !copy.containsKey(path))
                .forEach(path -> differences.add("copy lacks: " + path));
        return differences;
    }

    private void forget(Change change) {
        switch (change) {
            case Change.Deleted deleted -> remove(deleted.path());
            case Change.LeftOut leftOut -> remove(leftOut.path());
            case Change.Moved moved -> remove(moved.from());
            case Change.Created created -> {}
            case Change.Modified modified -> {}
            case Change.Unknown unknown -> {}
        }
    }

    private void fetch(ChangeFeed feed, Change change) throws IOException {
        switch (change) {
            case Change.Deleted deleted -> {}
            case Change.LeftOut leftOut -> {}
            case Change.Moved moved -> fetch(feed, moved.path(), moved.directory());
            case Change.Created created -> fetch(feed, created.path(), false);
            case Change.Modified modified -> fetch(feed, modified.path(), false);
            case Change.Unknown unknown -> {
                BytePath scope = unknown.path();
                if (scope == null) {
                    copy.clear();
                    fetchRoots(feed);
                } else {
                    fetch(feed, scope, true);
                }
            }
        }
    }

    private void remove(BytePath path) {
        Deque<BytePath> gone = new ArrayDeque<>();
        for (BytePath below : copy.tailMap(path, true).keySet()) {
            if (!below.startsWith(path)) {
                break;
            }
            gone.add(below);
        }
        gone.forEach(copy::remove);
    }

    private void fetchRoots(ChangeFeed feed) throws IOException {
        Map<BytePath, Row> all = Walk.ofCatalog(feed);
        all.forEach((path, row) -> copy.put(path, row.directory()));
    }

    /** Copies a name as it is now, and what is below if asked for; a name that is gone by now will be told as gone. */
    private void fetch(ChangeFeed feed, BytePath path, boolean below) throws IOException {
        if (below) {
            remove(path);
        }
        Map<BytePath, Boolean> found = feed.read(reader -> {
            Map<BytePath, Boolean> rows = new HashMap<>();
            Entry entry = reader.entry(reader.find(path));
            Deque<Entry> left = new ArrayDeque<>();
            if (entry != null) {
                left.add(entry);
            }
            while (!left.isEmpty()) {
                Entry next = left.remove();
                rows.put(reader.path(next.id()), next.isDirectory());
                if (below) {
                    reader.children(next.id(), left::add);
                }
            }
            return rows;
        });
        Boolean now = found.get(path);
        if (now != null && !now) {
            remove(path);
        }
        copy.putAll(found);
    }
}
