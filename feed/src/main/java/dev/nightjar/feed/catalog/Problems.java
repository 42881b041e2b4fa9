package dev.nightjar.feed.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;

/** Rows that could not be read, and why; part of the writer's transaction, and confined to its thread. */
public final class Problems {
    private final Rows rows;
    private final Runnable changed;
    private final InstantSource clock;

    Problems(Rows rows, Runnable changed, InstantSource clock) {
        this.rows = rows;
        this.changed = changed;
        this.clock = clock;
    }

    /** Writes down that a row could not be read. */
    public void put(long entry, String message) throws SQLException {
        PreparedStatement s = rows.statement("INSERT INTO problem(entry, message, since) VALUES(?, ?, ?)"
                + " ON CONFLICT(entry) DO UPDATE SET message=excluded.message");
        s.setLong(1, entry);
        s.setString(2, message);
        s.setLong(3, clock.millis());
        s.executeUpdate();
        changed.run();
    }

    /** Whether a row has a problem. */
    public boolean has(long entry) throws SQLException {
        PreparedStatement s = rows.statement("SELECT 1 FROM problem WHERE entry=?");
        s.setLong(1, entry);
        try (ResultSet found = s.executeQuery()) {
            return found.next();
        }
    }

    /** A row could be read again. */
    public void clear(long entry) throws SQLException {
        PreparedStatement s = rows.statement("DELETE FROM problem WHERE entry=?");
        s.setLong(1, entry);
        if (s.executeUpdate() > 0) {
            changed.run();
        }
    }
}
