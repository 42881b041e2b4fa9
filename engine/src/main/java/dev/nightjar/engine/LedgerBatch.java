package dev.nightjar.engine;

import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Lines for the ledger that were gathered during a commit, until they are written in one transaction. */
final class LedgerBatch {
    private record ContentLine(long entry, Content content) {}

    private record TreeLine(long directory, Id tree) {}

    private record ProblemLine(long entry, Problem problem) {}

    private final long attempt;
    private final List<ContentLine> contents = new ArrayList<>();
    private final List<TreeLine> trees = new ArrayList<>();
    private final List<ProblemLine> problems = new ArrayList<>();
    private final List<Long> solved = new ArrayList<>();
    private final List<Long> forgotten = new ArrayList<>();

    LedgerBatch(long attempt) {
        this.attempt = attempt;
    }

    void content(long entry, Content content) {
        contents.add(new ContentLine(entry, content));
    }

    /** The entry's content is not in any snapshot any more. */
    void forget(long entry) {
        forgotten.add(entry);
    }

    void tree(long directory, Id tree) {
        trees.add(new TreeLine(directory, tree));
    }

    void problem(long entry, Problem problem) {
        problems.add(new ProblemLine(entry, problem));
    }

    void solved(long entry) {
        solved.add(entry);
    }

    int size() {
        return contents.size() + trees.size() + problems.size() + solved.size() + forgotten.size();
    }

    /** Writes all lines; on the catalog's thread, in its transaction. */
    void write(Connection connection) throws SQLException {
        deleteAll(connection, "DELETE FROM content WHERE entry = ?", forgotten);
        deleteAll(connection, "DELETE FROM unsaved WHERE entry = ?", solved);
        writeContents(connection);
        writeTrees(connection);
        writeProblems(connection);
    }

    private void writeContents(Connection connection) throws SQLException {
        // Only for entries that are still there: a line of a dead one would stay for ever.
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT OR REPLACE INTO content(entry, content_sequence, size, seconds, nanos, blobs, attempt)"
                        + " SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7 WHERE EXISTS (SELECT 1 FROM entry WHERE id = ?1)")) {
            for (ContentLine line : contents) {
                Content content = line.content;
                Timestamp mtime = content.mtime();
                insert.setLong(1, line.entry);
                insert.setLong(2, content.sequence());
                insert.setLong(3, content.size());
                insert.setLong(4, mtime.seconds());
                insert.setInt(5, mtime.nanos());
                insert.setBytes(6, content.blobs());
                insert.setLong(7, attempt);
                insert.addBatch();
            }
            run(insert, contents);
        }
    }

    private void writeTrees(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR REPLACE INTO tree(directory, tree, attempt)"
                        + " SELECT ?1, ?2, ?3 WHERE EXISTS (SELECT 1 FROM entry WHERE id = ?1)")) {
            for (TreeLine line : trees) {
                insert.setLong(1, line.directory);
                insert.setBytes(2, line.tree.bytes());
                insert.setLong(3, attempt);
                insert.addBatch();
            }
            run(insert, trees);
        }
    }

    private void writeProblems(Connection connection) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("INSERT INTO unsaved(entry, kind, reason, since)"
                + " SELECT ?1, ?2, ?3, ?4 WHERE EXISTS (SELECT 1 FROM entry WHERE id = ?1)"
                + " ON CONFLICT(entry) DO UPDATE SET reason = excluded.reason,"
                + " since = CASE WHEN kind = excluded.kind THEN since ELSE excluded.since END,"
                + " kind = excluded.kind")) {
            for (ProblemLine line : problems) {
                insert.setLong(1, line.entry);
                insert.setInt(2, line.problem.kind().code());
                insert.setString(3, line.problem.reason());
                insert.setLong(4, line.problem.since().toEpochMilli());
                insert.addBatch();
            }
            run(insert, problems);
        }
    }

    private static void deleteAll(Connection connection, String sql, List<Long> entries) throws SQLException {
        try (PreparedStatement delete = connection.prepareStatement(sql)) {
            for (long entry : entries) {
                delete.setLong(1, entry);
                delete.addBatch();
            }
            run(delete, entries);
        }
    }

    private static void run(PreparedStatement batch, List<?> lines) throws SQLException {
        if (!lines.isEmpty()) {
            batch.executeBatch();
        }
    }
}
