package dev.nightjar.engine;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The ledger's tables, beside the catalog's. {@code content}: the blobs of each file, and of which bytes they are.
 * {@code tree}: the tree of each directory. {@code unsaved}: files that are not in the last snapshot as they are on
 * disk. {@code index_file}: the index files that were there at the last commit. All statements run on the catalog's thread.
 */
final class LedgerTables {
    private static final List<String> SCHEMA = List.of(
            "CREATE TABLE IF NOT EXISTS ledger(id INTEGER PRIMARY KEY CHECK (id = 1), repository BLOB, snapshot BLOB,"
                    + " roots BLOB, attempt INTEGER NOT NULL, begun INTEGER NOT NULL, base INTEGER NOT NULL,"
                    + " committed INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS content(entry INTEGER PRIMARY KEY, content_sequence INTEGER NOT NULL,"
                    + " size INTEGER NOT NULL, seconds INTEGER NOT NULL, nanos INTEGER NOT NULL, blobs BLOB NOT NULL,"
                    + " attempt INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS tree(directory INTEGER PRIMARY KEY, tree BLOB NOT NULL, attempt INTEGER NOT"
                    + " NULL)",
            "CREATE TABLE IF NOT EXISTS unsaved(entry INTEGER PRIMARY KEY, kind INTEGER NOT NULL, reason TEXT NOT NULL,"
                    + " since INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS index_file(id BLOB PRIMARY KEY) WITHOUT ROWID",
            // Entry ids are never used twice, so a line whose entry is gone is of no use to anybody.
            "CREATE TRIGGER IF NOT EXISTS ledger_entry_gone AFTER DELETE ON entry BEGIN"
                    + " DELETE FROM content WHERE entry = old.id;"
                    + " DELETE FROM tree WHERE directory = old.id;"
                    + " DELETE FROM unsaved WHERE entry = old.id;"
                    + " END");

    private LedgerTables() {}

    /** Makes the tables, unless they are there. */
    static void create(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String sql : SCHEMA) {
                statement.executeUpdate(sql);
            }
        }
    }

    /** Whether they are there: not in the catalog of a job that was only asked for changes. */
    static boolean exist(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'ledger'")) {
            return table.next();
        }
    }

    /** Marks what an attempt that did not end well wrote: contents are unproven, trees are gone. */
    static void demote(Connection connection, LedgerHeader header, LedgerHeader demoted) throws SQLException {
        try (PreparedStatement contents =
                        connection.prepareStatement("UPDATE content SET attempt = 0 WHERE attempt > ?");
                PreparedStatement trees = connection.prepareStatement("DELETE FROM tree WHERE attempt > ?")) {
            contents.setLong(1, header.attempt());
            contents.executeUpdate();
            trees.setLong(1, header.attempt());
            trees.executeUpdate();
        }
        demoted.write(connection);
    }
}
