package dev.nightjar.engine;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Short reads of the ledger and of what is pending. */
final class LedgerReader {
    private static final int MOST_PROBLEMS = 1_000;
    private static final String DIRECTORY = "(mode & 61440) = 16384";

    private LedgerReader() {}

    /** Files and bytes. */
    record Totals(long files, long bytes) {}

    /** All regular files of the catalog. */
    static Totals totals(ChangeFeed feed) throws IOException {
        return feed.read(reader -> {
            String sql = "SELECT count(*), coalesce(sum(size), 0) FROM entry WHERE (mode & 61440) = 32768";
            try (PreparedStatement select = reader.connection().prepareStatement(sql);
                    ResultSet row = select.executeQuery()) {
                row.next();
                return new Totals(row.getLong(1), row.getLong(2));
            }
        });
    }

    /** Whether a directory changed after a sequence. */
    static boolean directoriesChanged(ChangeFeed feed, long after) throws IOException {
        return feed.read(reader -> count(
                        reader,
                        "SELECT count(*) FROM (SELECT 1 FROM entry WHERE sequence > ? AND sequence <= ? AND "
                                + DIRECTORY + " LIMIT 1)",
                        after,
                        Long.MAX_VALUE)
                > 0);
    }

    /** The entries that had a problem after the last commit. */
    static LongSet problemEntries(ChangeFeed feed) throws IOException {
        return feed.read(reader -> {
            LongSet entries = new LongSet();
            try (PreparedStatement select = reader.connection().prepareStatement("SELECT entry FROM unsaved");
                    ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    entries.add(rows.getLong(1));
                }
            }
            return entries;
        });
    }

    /** How many problems people are told of. */
    static long problemCount(CatalogReader reader) throws SQLException {
        return count(reader, "SELECT count(*) FROM unsaved WHERE kind >= ? AND kind <= ?", 1, 2);
    }

    /** The problems people are told of; the first thousand. */
    static List<FileProblem> problems(CatalogReader reader) throws SQLException {
        List<FileProblem> problems = new ArrayList<>();
        try (PreparedStatement select = reader.connection()
                        .prepareStatement("SELECT p.entry, p.kind, p.reason, p.since,"
                                + " EXISTS (SELECT 1 FROM content c WHERE c.entry = p.entry) FROM unsaved p"
                                + " WHERE p.kind <= 2 ORDER BY p.since, p.entry LIMIT " + MOST_PROBLEMS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                long entry = rows.getLong(1);
                if (reader.entry(entry) == null) {
                    continue;
                }
                problems.add(new FileProblem(
                        reader.path(entry),
                        told(Problem.Kind.of(rows.getInt(2))),
                        rows.getString(3),
                        Instant.ofEpochMilli(rows.getLong(4)),
                        rows.getBoolean(5)));
            }
        }
        return problems;
    }

    static FileProblem.Kind told(Problem.Kind kind) {
        return kind == Problem.Kind.UNSTABLE ? FileProblem.Kind.UNSTABLE : FileProblem.Kind.UNREADABLE;
    }

    private static long count(CatalogReader reader, String sql, long first, long second) throws SQLException {
        try (PreparedStatement select = reader.connection().prepareStatement(sql)) {
            select.setLong(1, first);
            select.setLong(2, second);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
