package dev.nightjar.feed.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;

/**
 * Named cursors, and for how long the names that cursors may ask for are kept: a cursor from before what is forgotten is
 * told a gap (C5). Part of the writer's transaction, and confined to its thread.
 *
 * <p>A clock that was wrong makes names be forgotten too early or too late, never untold: what counts to a reader is the
 * sequence alone.
 */
public final class Cursors {
    private static final int PORTION = 5000;
    private static final long MARK_MILLIS = Duration.ofDays(1).toMillis();

    private final Rows rows;
    private final Numbers numbers;
    private final Runnable changed;
    private final InstantSource clock;

    Cursors(Rows rows, Numbers numbers, Runnable changed, InstantSource clock) {
        this.rows = rows;
        this.numbers = numbers;
        this.changed = changed;
        this.clock = clock;
    }

    /** Moves a named cursor, never back. */
    public void acknowledge(String name, long sequence, String selection) throws SQLException {
        PreparedStatement s = rows.statement("INSERT INTO cursor(name, sequence, selection, seen) VALUES(?, ?, ?, ?)"
                + " ON CONFLICT(name) DO UPDATE SET sequence=max(sequence, excluded.sequence),"
                + " selection=excluded.selection, seen=excluded.seen");
        s.setString(1, name);
        s.setLong(2, sequence);
        s.setString(3, selection);
        s.setLong(4, clock.millis());
        s.executeUpdate();
        changed.run();
    }

    /**
     * Decides which names are to be forgotten: those that ceased so long ago, unless a named cursor that has moved since
     * has not passed them. A cursor that has not moved stays where it is, so that its holder is told. Such is the ledger's
     * while its target is away; it finds what to save by rows alone, and merely counts with these names.
     *
     * @param age how long a cursor may rest
     */
    public void expire(Duration age) throws SQLException {
        long now = clock.millis();
        // The clock was ahead: such a cursor would keep everything until then.
        update("UPDATE cursor SET seen=?1 WHERE seen > ?1", now);
        update(
                "INSERT INTO mark(sequence, time) SELECT ?1, ?2 WHERE ?1 > (SELECT coalesce(max(sequence), -1) FROM"
                        + " mark) AND NOT EXISTS (SELECT 1 FROM mark WHERE time > ?3 AND time <= ?2)",
                numbers.sequence(),
                now,
                now - MARK_MILLIS);
        long rested = now - age.toMillis();
        long until = Math.min(
                number("SELECT coalesce(max(sequence), 0) FROM mark WHERE time <= ?", rested),
                number("SELECT coalesce(min(sequence), " + Long.MAX_VALUE + ") FROM cursor WHERE seen > ?", rested));
        update(
                "INSERT INTO meta(key, value) SELECT 'gone_expired', last FROM (SELECT max(sequence) AS last FROM gone"
                        + " WHERE sequence <= ?) WHERE last IS NOT NULL"
                        + " ON CONFLICT(key) DO UPDATE SET value=excluded.value WHERE excluded.value > value",
                until);
        update("DELETE FROM mark WHERE sequence < ?", until);
    }

    /** Forgets a portion of the names that are to be; whether there may be more of them. */
    public boolean forget() throws SQLException {
        int forgotten = update(
                "DELETE FROM gone WHERE id IN (SELECT id FROM gone WHERE sequence <="
                        + " (SELECT value FROM meta WHERE key='gone_expired') ORDER BY sequence LIMIT ?)",
                PORTION);
        return forgotten == PORTION;
    }

    private int update(String sql, long... values) throws SQLException {
        int rowsChanged = bound(sql, values).executeUpdate();
        if (rowsChanged > 0) {
            changed.run();
        }
        return rowsChanged;
    }

    private long number(String sql, long... values) throws SQLException {
        try (ResultSet found = bound(sql, values).executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    private PreparedStatement bound(String sql, long... values) throws SQLException {
        PreparedStatement statement = rows.statement(sql);
        for (int i = 0; i < values.length; i++) {
            statement.setLong(i + 1, values[i]);
        }
        return statement;
    }
}
