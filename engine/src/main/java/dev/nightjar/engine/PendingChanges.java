package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog has that no snapshot has yet. Each look reads only the rows that are newer than the look before; a row
 * that changed again is then counted twice, until {@link #recount()}. Guarded by its user.
 */
final class PendingChanges {
    private final ChangeFeed feed;
    private final InstantSource clock;
    private long cursor;
    private long seen;
    private long changes;
    private long bytes;
    private @Nullable Instant since;

    PendingChanges(ChangeFeed feed, InstantSource clock) {
        this.feed = feed;
        this.clock = clock;
    }

    /** Everything up to this sequence is saved. */
    void saved(long sequence) throws IOException {
        cursor = sequence;
        since = null;
        recount();
    }

    /** Counts from the cursor on, each row once. */
    void recount() throws IOException {
        seen = cursor;
        changes = 0;
        bytes = 0;
        look();
    }

    /** Adds what came since the last look. */
    void look() throws IOException {
        feed.read(reader -> {
            long now = reader.sequence();
            if (now > seen) {
                addRows(reader.connection()
                        .prepareStatement(
                                "SELECT count(*), coalesce(sum(CASE WHEN content_sequence > ?1 THEN size END), 0) FROM"
                                        + " entry WHERE sequence > ?1"));
                addRows(reader.connection().prepareStatement("SELECT count(*), 0 FROM gone WHERE sequence > ?1"));
                seen = now;
            }
            return true;
        });
        if (changes > 0 && since == null) {
            since = clock.instant();
        }
    }

    private void addRows(PreparedStatement statement) throws SQLException {
        try (PreparedStatement select = statement) {
            select.setLong(1, seen);
            try (ResultSet row = select.executeQuery()) {
                if (row.next()) {
                    changes += row.getLong(1);
                    bytes += row.getLong(2);
                }
            }
        }
    }

    long cursor() {
        return cursor;
    }

    long changes() {
        return changes;
    }

    long bytes() {
        return bytes;
    }

    /** When the first of them was seen; null when there are none. */
    @Nullable
    Instant since() {
        return since;
    }
}
