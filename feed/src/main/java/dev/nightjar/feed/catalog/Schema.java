package dev.nightjar.feed.catalog;

import dev.nightjar.feed.FeedException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** The tables, and how connections to them are set up. */
final class Schema {
    static final int VERSION = 3;

    /** Since this version there are the tables of audits and questions. */
    static final int AUDITS_AND_QUESTIONS = 2;

    // "If not exists": for a while they were made when first needed, without a version of their own.
    private static final List<String> ADDED_IN_2 = List.of(
            "CREATE TABLE IF NOT EXISTS audit(id INTEGER PRIMARY KEY CHECK (id = 1), time INTEGER NOT NULL, millis"
                + " INTEGER NOT NULL, directories INTEGER NOT NULL, entries INTEGER NOT NULL, found INTEGER NOT NULL,"
                + " not_compared INTEGER NOT NULL)",
            "CREATE TABLE IF NOT EXISTS question(root INTEGER PRIMARY KEY, state TEXT NOT NULL, files INTEGER NOT NULL,"
                    + " since INTEGER NOT NULL, answered INTEGER NOT NULL)");

    private static final List<String> ADDED_IN_3 = List.of(
            // All sequences up to this one had been given out at this time: how old names in "gone" are at least.
            "CREATE TABLE mark(sequence INTEGER PRIMARY KEY, time INTEGER NOT NULL)",
            "CREATE INDEX gone_entry ON gone(entry, sequence)",
            "CREATE INDEX gone_directory_created ON gone(created) WHERE directory = 1");

    private static final List<String> TABLES = List.of(
            "CREATE TABLE meta(key TEXT PRIMARY KEY, value) WITHOUT ROWID",
            // Which sequences were given out under which identity: a cursor is ours only if its pair is in here (C7).
            "CREATE TABLE epoch(id INTEGER PRIMARY KEY AUTOINCREMENT, identity TEXT NOT NULL UNIQUE,"
                    + " first INTEGER NOT NULL, last INTEGER)",
            "CREATE TABLE filesystem(id INTEGER PRIMARY KEY AUTOINCREMENT, type INTEGER NOT NULL, uuid TEXT NOT NULL"
                    + " UNIQUE)",
            "CREATE TABLE root(entry INTEGER PRIMARY KEY, path BLOB NOT NULL UNIQUE)",
            // A root's parent is 0 and its name its whole path, so that two roots may have one last component.
            "CREATE TABLE entry(id INTEGER PRIMARY KEY AUTOINCREMENT, filesystem INTEGER NOT NULL, parent INTEGER NOT"
                + " NULL, name BLOB NOT NULL, mode INTEGER NOT NULL, uid INTEGER NOT NULL, gid INTEGER NOT NULL, size"
                + " INTEGER NOT NULL, mtime INTEGER NOT NULL, mtime_nanos INTEGER NOT NULL, ctime INTEGER NOT NULL,"
                + " ctime_nanos INTEGER NOT NULL, inode INTEGER NOT NULL, links INTEGER NOT NULL, rdev INTEGER NOT"
                + " NULL, sequence INTEGER NOT NULL, content_sequence INTEGER NOT NULL, created INTEGER NOT NULL,"
                + " extra BLOB, UNIQUE(parent, name))",
            "CREATE INDEX entry_sequence ON entry(sequence)",
            "CREATE INDEX entry_inode ON entry(filesystem, inode)",
            "CREATE TABLE handle(filesystem INTEGER NOT NULL, handle BLOB NOT NULL, entry INTEGER NOT NULL,"
                    + " PRIMARY KEY(filesystem, handle, entry)) WITHOUT ROWID",
            "CREATE INDEX handle_entry ON handle(entry)",
            // parent -1: a row that was in the way of another has had no name until now.
            "CREATE TABLE gone(id INTEGER PRIMARY KEY, parent INTEGER NOT NULL, name BLOB NOT NULL, entry INTEGER NOT"
                    + " NULL, sequence INTEGER NOT NULL, created INTEGER NOT NULL, kind INTEGER NOT NULL, directory"
                    + " INTEGER NOT NULL, path BLOB NOT NULL)",
            "CREATE INDEX gone_sequence ON gone(sequence)",
            "CREATE TABLE owner(kind TEXT NOT NULL, id INTEGER NOT NULL, name TEXT, PRIMARY KEY(kind, id)) WITHOUT"
                    + " ROWID",
            "CREATE TABLE gap(id INTEGER PRIMARY KEY AUTOINCREMENT, scope INTEGER NOT NULL, reason TEXT NOT NULL,"
                    + " since INTEGER NOT NULL, sequence INTEGER NOT NULL, state TEXT NOT NULL)",
            "CREATE TABLE cursor(name TEXT PRIMARY KEY, sequence INTEGER NOT NULL, selection TEXT NOT NULL,"
                    + " seen INTEGER NOT NULL) WITHOUT ROWID",
            "CREATE TABLE problem(entry INTEGER PRIMARY KEY, message TEXT NOT NULL, since INTEGER NOT NULL)");

    private Schema() {}

    static Connection write(Path file) throws SQLException {
        Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        pragma(
                connection,
                "journal_mode=WAL",
                "synchronous=FULL",
                "busy_timeout=10000",
                "wal_autocheckpoint=4000",
                "cache_size=-16000",
                "temp_store=MEMORY",
                "foreign_keys=OFF");
        return connection;
    }

    static Connection read(Path file) throws SQLException {
        org.sqlite.SQLiteConfig config = new org.sqlite.SQLiteConfig();
        config.setReadOnly(true);
        Connection connection = config.createConnection("jdbc:sqlite:" + file);
        pragma(connection, "busy_timeout=10000", "query_only=ON", "cache_size=-4000");
        return connection;
    }

    private static void pragma(Connection connection, String... settings) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            for (String setting : settings) {
                statement.execute("PRAGMA " + setting);
            }
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /** Makes the tables if there are none, and those that are missing in a catalog of an earlier version. */
    static void prepare(Connection connection, Path file) throws SQLException, FeedException {
        int version = version(connection);
        if (version > VERSION) {
            throw new FeedException(
                    "the catalog " + file + " was made by a later version of Nightjar",
                    "it has schema " + version + ", this program knows up to " + VERSION,
                    "use that version, or move the catalog away: the next backup scans once and reads nothing twice");
        }
        if (version < VERSION) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                if (version == 0) {
                    for (String table : TABLES) {
                        statement.execute(table);
                    }
                }
                if (version < 2) {
                    for (String table : ADDED_IN_2) {
                        statement.execute(table);
                    }
                }
                for (String table : ADDED_IN_3) {
                    statement.execute(table);
                }
                statement.execute("PRAGMA user_version=" + VERSION);
            }
            connection.commit();
            connection.setAutoCommit(true);
        }
    }

    static int version(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("PRAGMA user_version")) {
            return rows.getInt(1);
        }
    }
}
