package dev.nightjar.feed.catalog;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Look-ups of names that ceased, over one connection; none holds more than it is asked for (C20). */
final class GoneNames {
    /** A directory, and the sequence in which its row was made. */
    record Made(long entry, long created) {}

    private static final String COLUMNS = "parent, name, entry, sequence, created, kind, directory, path";

    private final Rows rows;

    GoneNames(Rows rows) {
        this.rows = rows;
    }

    /** Names that ceased up to this sequence are forgotten, or are about to be: a cursor from before has expired. */
    long expired() throws SQLException {
        try (ResultSet found = rows.statement("SELECT value FROM meta WHERE key='gone_expired'")
                .executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    /** Whether any name ceased after a sequence. */
    boolean anyAfter(long sequence) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT 1 FROM gone WHERE sequence > ? LIMIT 1");
        statement.setLong(1, sequence);
        try (ResultSet found = statement.executeQuery()) {
            return found.next();
        }
    }

    /** The names that ceased in a range, in the order of their sequences, up to a number. */
    void each(long after, long until, int limit, Consumer<Gone> consumer) throws SQLException {
        PreparedStatement statement = rows.statement(
                "SELECT " + COLUMNS + " FROM gone WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?");
        statement.setLong(1, after);
        statement.setLong(2, until);
        statement.setInt(3, limit);
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                consumer.accept(read(set));
            }
        }
    }

    /** The first name that an entry lost after a sequence, or null. */
    @Nullable
    Gone firstAfter(long entry, long sequence) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT " + COLUMNS
                + " FROM gone WHERE entry=? AND sequence > ? AND parent >= 0 ORDER BY sequence LIMIT 1");
        statement.setLong(1, entry);
        statement.setLong(2, sequence);
        try (ResultSet set = statement.executeQuery()) {
            return set.next() ? read(set) : null;
        }
    }

    /** Up to which sequence the entry had no name after it lost this one; 0 if it got another at once. */
    long namelessUntil(Gone name) throws SQLException {
        PreparedStatement statement = rows.statement(
                "SELECT parent, sequence FROM gone WHERE entry=? AND sequence > ? ORDER BY sequence LIMIT 1");
        statement.setLong(1, name.entry());
        statement.setLong(2, name.sequence());
        try (ResultSet next = statement.executeQuery()) {
            return next.next() && next.getLong(1) < 0 ? next.getLong(2) : 0;
        }
    }

    /** The directories that were made in a range and lost a name after a sequence, in the order of making, up to a number. */
    List<Made> directoriesMade(long after, long until, long ceasedAfter, int limit) throws SQLException {
        // The plus leaves the order of making to be gone by: it ends at the limit.
        PreparedStatement statement = rows.statement("SELECT DISTINCT created, entry FROM gone WHERE directory = 1"
                + " AND created > ? AND created <= ? AND +sequence > ? ORDER BY created LIMIT ?");
        statement.setLong(1, after);
        statement.setLong(2, until);
        statement.setLong(3, ceasedAfter);
        statement.setInt(4, limit);
        List<Made> made = new ArrayList<>();
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                made.add(new Made(set.getLong(2), set.getLong(1)));
            }
        }
        return made;
    }

    private static Gone read(ResultSet row) throws SQLException {
        return new Gone(
                row.getLong(1),
                Name.of(row.getBytes(2)),
                row.getLong(3),
                row.getLong(4),
                row.getLong(5),
                GoneKind.of(row.getInt(6)),
                row.getInt(7) != 0,
                BytePath.of(row.getBytes(8)));
    }
}
