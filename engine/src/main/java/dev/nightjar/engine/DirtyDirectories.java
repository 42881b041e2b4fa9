package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The directories on the way to a change: those with changed entries, and all above them. More of them than fit a fixed
 * bound count as all, which costs time, not correctness.
 */
final class DirtyDirectories {
    private static final int PAGE = 5_000;
    private static final int MOST = 1_000_000;

    /** Every directory there is. */
    static final DirtyDirectories ALL = new DirtyDirectories(null);

    private final @Nullable LongSet directories;

    private DirtyDirectories(@Nullable LongSet directories) {
        this.directories = directories;
    }

    boolean contains(long directory) {
        LongSet some = directories;
        return some == null || some.contains(directory);
    }

    boolean isEmpty() {
        LongSet some = directories;
        return some != null && some.size() == 0;
    }

    /** Those with rows newer than a sequence or entries with problems. */
    static DirtyDirectories since(ChangeFeed feed, long sequence, LongSet problems) throws IOException {
        LongSet found = new LongSet();
        long[] withProblems = problems.sorted();
        for (int at = 0; at < withProblems.length; at += PAGE) {
            int from = at;
            feed.read(reader -> {
                addProblems(reader.connection(), withProblems, from, found);
                return true;
            });
        }
        Position position = new Position(sequence, 0);
        while (!position.atEnd) {
            feed.read(reader -> {
                position.addPage(reader.connection(), found);
                return true;
            });
            if (found.size() > MOST) {
                return ALL;
            }
        }
        return new DirtyDirectories(found);
    }

    private static void addProblems(Connection connection, long[] entries, int from, LongSet found)
            throws SQLException {
        try (PreparedStatement up = prepareUp(connection)) {
            for (int at = from; at < Math.min(from + PAGE, entries.length); at++) {
                addAbove(up, parentOf(up, entries[at]), found);
            }
        }
    }

    private static PreparedStatement prepareUp(Connection connection) throws SQLException {
        return connection.prepareStatement("SELECT parent FROM entry WHERE id = ?");
    }

    private static void addAbove(PreparedStatement up, long directory, LongSet found) throws SQLException {
        long at = directory;
        while (at > 0 && found.add(at)) {
            at = parentOf(up, at);
        }
    }

    /** The directory of an entry, 0 of a root or of one that is gone. */
    private static long parentOf(PreparedStatement up, long entry) throws SQLException {
        up.setLong(1, entry);
        try (ResultSet row = up.executeQuery()) {
            return row.next() ? row.getLong(1) : 0;
        }
    }

    private static final class Position {
        private long sequence;
        private long entry;
        private boolean atEnd;

        Position(long sequence, long entry) {
            this.sequence = sequence;
            this.entry = entry;
        }

        void addPage(Connection connection, LongSet found) throws SQLException {
            int rowsSeen = 0;
            try (PreparedStatement up = prepareUp(connection);
                    PreparedStatement select = connection.prepareStatement(
                            "SELECT sequence, id, parent, mode FROM entry WHERE sequence > ?1"
                                    + " OR (sequence = ?1 AND id > ?2) ORDER BY sequence, id LIMIT " + PAGE)) {
                select.setLong(1, sequence);
                select.setLong(2, entry == 0 ? Long.MAX_VALUE : entry);
                try (ResultSet rows = select.executeQuery()) {
                    while (rows.next()) {
                        rowsSeen++;
                        sequence = rows.getLong(1);
                        entry = rows.getLong(2);
                        if ((rows.getInt(4) & 0170000) == 0040000) {
                            addAbove(up, entry, found);
                        }
                        addAbove(up, rows.getLong(3), found);
                    }
                }
            }
            atEnd = rowsSeen < PAGE;
        }
    }
}
