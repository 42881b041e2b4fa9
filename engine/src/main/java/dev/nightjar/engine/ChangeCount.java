package dev.nightjar.engine;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * How many names of the catalog were created, modified, moved or deleted in a range of sequences. A name that was moved
 * counts once, where it is now; a directory that was moved or deleted counts once, with all it has; a directory of which
 * no more is known than that other names in it changed does not count; nor does a name that came and went.
 *
 * @param since the sequence before the range
 * @param upTo the highest sequence when it was counted: the range's end
 */
record ChangeCount(long since, long upTo, long names) {
    // Left to itself, SQLite walks the whole table in the order of names to make this union (C11).
    static final String NAMES = "SELECT count(*) FROM (SELECT parent, name FROM entry INDEXED BY entry_sequence WHERE"
        + " sequence > ?1 AND ((mode & 61440) <> 16384 OR created > ?1 OR id IN (SELECT entry FROM gone WHERE sequence"
        + " > ?1) OR id NOT IN (SELECT parent FROM entry WHERE sequence > ?1 UNION ALL SELECT parent FROM gone WHERE"
        + " sequence > ?1)) UNION SELECT parent, name FROM gone WHERE sequence > ?1 AND created <= ?1 AND parent > 0"
        + " AND kind < 3 AND NOT EXISTS (SELECT 1 FROM entry WHERE entry.id = gone.entry))";
    private static final String ROWS = "SELECT count(*) FROM entry WHERE sequence > ?1";

    /** Counts from a sequence to now. */
    static ChangeCount since(ChangeFeed feed, long sequence) throws IOException {
        long committed = feed.sequence();
        return feed.read(
                reader -> new ChangeCount(sequence, Math.max(committed, reader.sequence()), names(reader, sequence)));
    }

    /** The same inside a read. */
    static long names(CatalogReader reader, long since) throws SQLException {
        long names = since == 0 ? 0 : count(reader, NAMES, since);
        return names > 0 ? names : count(reader, ROWS, since);
    }

    private static long count(CatalogReader reader, String sql, long since) throws SQLException {
        try (PreparedStatement select = reader.connection().prepareStatement(sql)) {
            select.setLong(1, since);
            try (ResultSet row = select.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }
}
