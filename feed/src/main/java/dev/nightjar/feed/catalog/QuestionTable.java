package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Question;
import dev.nightjar.feed.RootState;
import dev.nightjar.linux.BytePath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Questions about roots, by the root's row. */
public final class QuestionTable {
    private QuestionTable() {}

    /** The open questions. */
    public static Map<Long, Question> read(Connection connection) throws SQLException {
        Map<Long, Question> open = new LinkedHashMap<>();
        if (Schema.version(connection) < Schema.AUDITS_AND_QUESTIONS) {
            return open; // read before its next owner has migrated it
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("SELECT entry, path, state, files, since, answered"
                        + " FROM question JOIN root ON question.root = root.entry ORDER BY path")) {
            while (row.next()) {
                open.put(
                        row.getLong(1),
                        new Question(
                                BytePath.of(row.getBytes(2)),
                                RootState.valueOf(row.getString(3)),
                                row.getLong(4),
                                Instant.ofEpochMilli(row.getLong(5)),
                                row.getBoolean(6)));
            }
        }
        return open;
    }

    /** Keeps a question about a root, instead of any before. */
    public static void put(Connection connection, long root, Question question) throws SQLException {
        try (PreparedStatement row =
                connection.prepareStatement("INSERT OR REPLACE INTO question VALUES(?, ?, ?, ?, ?)")) {
            row.setLong(1, root);
            row.setString(2, question.state().name());
            row.setLong(3, question.files());
            row.setLong(4, question.since().toEpochMilli());
            row.setBoolean(5, question.answered());
            row.executeUpdate();
        }
    }

    /** There is no question about a root any more. */
    public static void remove(Connection connection, long root) throws SQLException {
        try (PreparedStatement row = connection.prepareStatement("DELETE FROM question WHERE root = ?")) {
            row.setLong(1, root);
            row.executeUpdate();
        }
    }

    /** How many files the catalog has below a directory. */
    public static long files(Connection connection, long directory) throws SQLException {
        try (PreparedStatement count = connection.prepareStatement("WITH RECURSIVE below(id) AS (SELECT ?1 UNION ALL"
                + " SELECT entry.id FROM entry JOIN below ON entry.parent = below.id"
                + " WHERE (entry.mode & 61440) = 16384)"
                + " SELECT count(*) FROM entry JOIN below ON entry.parent = below.id"
                + " WHERE (entry.mode & 61440) <> 16384")) {
            count.setLong(1, directory);
            try (ResultSet row = count.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
