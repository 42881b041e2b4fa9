package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Gap;
import dev.nightjar.feed.GapReason;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/** Gap records (C5); part of the writer's transaction, and confined to its thread. */
public final class Gaps {
    static final String HEALING = "healing";
    static final String TOLD = "told";

    private final CatalogStore store;
    private final Rows rows;
    private final Runnable changed;
    private final InstantSource clock;

    Gaps(CatalogStore store, Rows rows, Runnable changed, InstantSource clock) {
        this.store = store;
        this.rows = rows;
        this.changed = changed;
        this.clock = clock;
    }

    /** Records a gap; durable with the next {@link CatalogStore#commit}. Returns its id. */
    public long add(long scope, GapReason reason, boolean healing) throws SQLException {
        PreparedStatement s =
                rows.statement("INSERT INTO gap(scope, reason, since, sequence, state) VALUES(?, ?, ?, ?, ?)");
        s.setLong(1, scope);
        s.setString(2, reason.name());
        s.setLong(3, clock.millis());
        s.setLong(4, store.nextSequence());
        s.setString(5, healing ? HEALING : TOLD);
        s.executeUpdate();
        changed.run();
        try (ResultSet id = rows.statement("SELECT last_insert_rowid()").executeQuery()) {
            return id.getLong(1);
        }
    }

    /** Removes a gap. */
    public void remove(long id) throws SQLException {
        PreparedStatement s = rows.statement("DELETE FROM gap WHERE id=?");
        s.setLong(1, id);
        s.executeUpdate();
        changed.run();
    }

    /** Removes the gaps of a reason about one scope. */
    public int remove(long scope, GapReason reason) throws SQLException {
        PreparedStatement s = rows.statement("DELETE FROM gap WHERE scope=? AND reason=?");
        s.setLong(1, scope);
        s.setString(2, reason.name());
        int removed = s.executeUpdate();
        if (removed > 0) {
            changed.run();
        }
        return removed;
    }

    /** Removes gaps left by an earlier process: the start gap stands for them. */
    public void removeAll() throws SQLException {
        rows.statement("DELETE FROM gap").executeUpdate();
        changed.run();
    }

    /** Open gaps. */
    public List<Gap> all() throws SQLException {
        return read(rows);
    }

    static List<Gap> read(Rows rows) throws SQLException {
        List<Gap> gaps = new ArrayList<>();
        try (ResultSet found = rows.statement("SELECT id, scope, reason, since, sequence, state FROM gap ORDER BY id")
                .executeQuery()) {
            while (found.next()) {
                long scope = found.getLong(2);
                gaps.add(new Gap(
                        found.getLong(1),
                        scope == 0 ? null : rows.path(scope),
                        GapReason.valueOf(found.getString(3)),
                        Instant.ofEpochMilli(found.getLong(4)),
                        found.getLong(5),
                        found.getString(6).equals(HEALING)));
            }
        }
        return gaps;
    }
}
