package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import org.jspecify.annotations.Nullable;

/**
 * The ledger's one row: which repository and snapshot it speaks of, and which of its lines may be believed. Lines carry
 * the number of the attempt that wrote them.
 *
 * @param repository the repository's id; null before the first commit
 * @param snapshot the last snapshot; null if there is none
 * @param roots the hash of the roots' nodes in that snapshot
 * @param attempt the last attempt that ended well
 * @param begun the last attempt that wrote lines; if greater than {@code attempt}, those lines are unproven
 * @param base lines of attempts up to this one are not to be believed unproven: their snapshot is gone (C14b)
 * @param committed when the snapshot was taken, in milliseconds since 1970
 */
record LedgerHeader(
        @Nullable Id repository,
        @Nullable Id snapshot,
        @Nullable Id roots,
        long attempt,
        long begun,
        long base,
        long committed) {

    static final LedgerHeader EMPTY = new LedgerHeader(null, null, null, 0, 0, 0, 0);

    static LedgerHeader read(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                        "SELECT repository, snapshot, roots, attempt, begun, base, committed FROM ledger WHERE id = 1");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return EMPTY;
            }
            return new LedgerHeader(
                    id(row.getBytes(1)),
                    id(row.getBytes(2)),
                    id(row.getBytes(3)),
                    row.getLong(4),
                    row.getLong(5),
                    row.getLong(6),
                    row.getLong(7));
        }
    }

    void write(Connection connection) throws SQLException {
        try (PreparedStatement replace = connection.prepareStatement(
                "INSERT OR REPLACE INTO ledger(id, repository, snapshot, roots, attempt, begun, base, committed)"
                        + " VALUES (1, ?, ?, ?, ?, ?, ?, ?)")) {
            set(replace, 1, repository);
            set(replace, 2, snapshot);
            set(replace, 3, roots);
            replace.setLong(4, attempt);
            replace.setLong(5, begun);
            replace.setLong(6, base);
            replace.setLong(7, committed);
            replace.executeUpdate();
        }
    }

    LedgerHeader withBegun(long number) {
        return new LedgerHeader(repository, snapshot, roots, attempt, number, base, committed);
    }

    /** The same after all lines of attempts that did not end well were demoted: their numbers are used up. */
    LedgerHeader demoted() {
        return new LedgerHeader(repository, snapshot, roots, begun, begun, base, committed);
    }

    /** Whether lines of this attempt may be believed without a look into the index. */
    boolean proves(long lineAttempt) {
        return lineAttempt > base && lineAttempt <= attempt;
    }

    private static @Nullable Id id(byte @Nullable [] bytes) {
        return bytes == null ? null : Id.of(bytes);
    }

    private static void set(PreparedStatement statement, int index, @Nullable Id id) throws SQLException {
        if (id == null) {
            statement.setNull(index, Types.BLOB);
        } else {
            statement.setBytes(index, id.bytes());
        }
    }
}
