package dev.nightjar.engine;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Reads directories' lines, in short reads (C20). A read goes on to the directories that will be asked for next, so that
 * a hundred thousand small directories are not a hundred thousand reads.
 */
final class LineLoader {
    private static final int AHEAD = 4_000;
    private static final int PAGE = 4_096;

    private final ChangeFeed feed;
    private final LedgerHeader header;
    private final Predicate<Line> visited;
    private final int large;
    private final LedgerWriter ledger;
    private final Map<Long, List<Line>> ahead = new HashMap<>();

    /**
     * A loader.
     *
     * @param visited which directories will be asked for after their parent
     * @param large how many lines a directory must have for its lines not to be held in memory
     */
    LineLoader(ChangeFeed feed, LedgerHeader header, Predicate<Line> visited, int large, LedgerWriter ledger) {
        this.feed = feed;
        this.header = header;
        this.visited = visited;
        this.large = large;
        this.ledger = ledger;
    }

    /** A directory's lines in the order of their names; null if there are too many to be held. */
    @Nullable
    List<Line> load(long directory) throws IOException {
        List<Line> lines = ahead.remove(directory);
        if (lines != null) {
            return lines;
        }
        return feed.read(reader -> {
            List<Line> first = read(reader, directory);
            if (first != null) {
                readAhead(reader, first);
            }
            return first;
        });
    }

    /** The lines of the roots. */
    List<Line> roots() throws IOException {
        return feed.read(reader -> {
            List<Line> lines = new ArrayList<>();
            for (Entry entry : reader.roots()) {
                Line line = new Line(entry);
                addLedger(reader.connection(), line);
                lines.add(line);
            }
            return lines;
        });
    }

    /** The lines of a directory that has too many, page by page: those after a name, null for the first. */
    List<Line> page(long directory, @Nullable Name after) throws IOException {
        return feed.read(reader -> {
            List<Line> lines = new ArrayList<>();
            try (PreparedStatement select = reader.connection()
                    .prepareStatement(
                            "SELECT id FROM entry WHERE parent = ? AND name > ? ORDER BY name LIMIT " + PAGE)) {
                select.setLong(1, directory);
                select.setBytes(2, after == null ? new byte[0] : after.bytes());
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        Entry entry = reader.entry(rows.getLong(1));
                        if (entry != null) {
                            Line line = new Line(entry);
                            addLedger(reader.connection(), line);
                            lines.add(line);
                        }
                    }
                }
            }
            return lines;
        });
    }

    private void readAhead(CatalogReader reader, List<Line> first) throws SQLException {
        Deque<Line> todo = new ArrayDeque<>();
        int count = first.size();
        pushVisited(todo, first);
        while (count < AHEAD && !todo.isEmpty()) {
            Line next = todo.pop();
            long directory = next.entry().id();
            if (ahead.containsKey(directory)) {
                continue;
            }
            List<Line> lines = read(reader, directory);
            if (lines == null) {
                return;
            }
            ahead.put(directory, lines);
            count += lines.size() + 1;
            pushVisited(todo, lines);
        }
    }

    /** Onto a stack, so that the first is on top. */
    private void pushVisited(Deque<Line> stack, List<Line> lines) {
        for (int i = lines.size() - 1; i >= 0; i--) {
            Line line = lines.get(i);
            if (line.entry().isDirectory() && visited.test(line)) {
                stack.push(line);
            }
        }
    }

    private @Nullable List<Line> read(CatalogReader reader, long directory) throws SQLException {
        List<Line> lines = new ArrayList<>();
        try {
            reader.children(directory, entry -> {
                if (lines.size() == large) {
                    throw new TooManyException();
                }
                lines.add(new Line(entry));
            });
        } catch (TooManyException e) {
            return null;
        }
        if (ledger.mayHaveLines() && !lines.isEmpty()) {
            addContents(reader.connection(), directory, lines);
            addTrees(reader.connection(), directory, lines);
        }
        return lines;
    }

    private static void addContents(Connection connection, long directory, List<Line> lines) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT c.entry, c.content_sequence, c.size, c.seconds, c.nanos, c.blobs, c.attempt FROM entry e"
                        + " CROSS JOIN content c ON c.entry = e.id WHERE e.parent = ? ORDER BY e.name")) {
            select.setLong(1, directory);
            try (ResultSet rows = select.executeQuery()) {
                int at = 0;
                while (rows.next()) {
                    int found = find(lines, at, rows.getLong(1));
                    if (found >= 0) {
                        at = found;
                        lines.get(at).content(content(rows));
                    }
                }
            }
        }
    }

    private void addTrees(Connection connection, long directory, List<Line> lines) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "SELECT t.directory, t.tree, t.attempt FROM entry e CROSS JOIN tree t ON t.directory = e.id"
                        + " WHERE e.parent = ? ORDER BY e.name")) {
            select.setLong(1, directory);
            try (ResultSet rows = select.executeQuery()) {
                int at = 0;
                while (rows.next()) {
                    int found = find(lines, at, rows.getLong(1));
                    if (found >= 0) {
                        at = found;
                        addTree(lines.get(at), rows);
                    }
                }
            }
        }
    }

    /** Both lists are in the order of names, so this looks at the next one first; -1 for a row without a name. */
    private static int find(List<Line> lines, int from, long entry) {
        for (int at = from; at < lines.size(); at++) {
            if (lines.get(at).entry().id() == entry) {
                return at;
            }
        }
        return -1;
    }

    private void addLedger(Connection connection, Line line) throws SQLException {
        String content =
                "SELECT entry, content_sequence, size, seconds, nanos, blobs, attempt FROM content WHERE entry = ?";
        String tree = "SELECT directory, tree, attempt FROM tree WHERE directory = ?";
        try (PreparedStatement select = connection.prepareStatement(line.entry().isDirectory() ? tree : content)) {
            select.setLong(1, line.entry().id());
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return;
                }
                if (line.entry().isDirectory()) {
                    addTree(line, row);
                } else {
                    line.content(content(row));
                }
            }
        }
    }

    private void addTree(Line line, ResultSet row) throws SQLException {
        long attempt = row.getLong(3);
        if (header.proves(attempt) || attempt == ledger.attempt()) {
            line.tree(Id.of(row.getBytes(2)));
        }
    }

    private static Content content(ResultSet row) throws SQLException {
        return new Content(
                row.getLong(2),
                row.getLong(3),
                new Timestamp(row.getLong(4), row.getInt(5)),
                row.getBytes(6),
                row.getLong(7));
    }

    private static final class TooManyException extends RuntimeException {
        TooManyException() {
            super("too many lines", null, false, false);
        }
    }
}
