package dev.nightjar.engine;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * What the catalog has that no snapshot has yet. While there are few changes each look counts them all; while there
 * are many it reads only the rows that are newer than the look before, and a row that changed again is then counted twice,
 * until {@link #recount()}. Guarded by its user.
 */
final class PendingChanges {
    private static final long FEW = 10_000;

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
                if (changes <= FEW) {
                    seen = cursor;
                    changes = 0;
                    bytes = 0;
                }
                changes += ChangeCount.names(reader, seen);
                bytes += bytes(reader, seen);
                seen = now;
            }
            return true;
        });
        if (changes > 0 && since == null) {
            since = clock.instant();
        }
    }

    private static long bytes(CatalogReader reader, long after) throws SQLException {
        String sql = "SELECT coalesce(sum(size), 0) FROM entry WHERE sequence > ?1 AND content_sequence > ?1";
        try (PreparedStatement select = reader.connection().prepareStatement(sql)) {
            select.setLong(1, after);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
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
