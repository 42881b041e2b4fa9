package dev.nightjar.feed.catalog;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Which kernel file handles belong to which rows; part of the writer's transaction, and confined to its thread. */
public final class Handles {
    private final Rows rows;
    private final Runnable changed;

    Handles(Rows rows, Runnable changed) {
        this.rows = rows;
        this.changed = changed;
    }

    /** Remembers a handle of a row in place of others. */
    public void put(long filesystem, byte[] handle, long entry) throws SQLException {
        PreparedStatement s = rows.statement("INSERT OR IGNORE INTO handle(filesystem, handle, entry) VALUES(?, ?, ?)");
        s.setLong(1, filesystem);
        s.setBytes(2, handle);
        s.setLong(3, entry);
        s.executeUpdate();
        changed.run();
    }

    /** Forgets the handles of a row. */
    public void remove(long entry) throws SQLException {
        PreparedStatement s = rows.statement("DELETE FROM handle WHERE entry=?");
        s.setLong(1, entry);
        s.executeUpdate();
        changed.run();
    }

    /** The handle remembered of a row, or null. */
    public byte @Nullable [] of(long entry) throws SQLException {
        PreparedStatement s = rows.statement("SELECT handle FROM handle WHERE entry=? LIMIT 1");
        s.setLong(1, entry);
        try (ResultSet found = s.executeQuery()) {
            return found.next() ? found.getBytes(1) : null;
        }
    }

    /** The id of the directory with a handle, or 0. */
    public long directory(long filesystem, byte[] handle) throws SQLException {
        PreparedStatement s = rows.statement("SELECT e.id FROM handle h JOIN entry e ON e.id = h.entry"
                + " WHERE h.filesystem=? AND h.handle=? AND (e.mode & 61440) = 16384 LIMIT 1");
        s.setLong(1, filesystem);
        s.setBytes(2, handle);
        try (ResultSet found = s.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }
}
