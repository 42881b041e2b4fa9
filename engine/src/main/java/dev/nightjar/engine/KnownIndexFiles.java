package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * The index files that the repository had after the last commit. When one of them is gone, somebody has pruned or
 * repaired, and a blob that the last snapshot needs may be gone with it (C14b).
 */
final class KnownIndexFiles {
    private final Set<Id> known;

    private KnownIndexFiles(Set<Id> known) {
        this.known = known;
    }

    static KnownIndexFiles read(Connection connection) throws SQLException {
        Set<Id> known = new HashSet<>();
        try (PreparedStatement select = connection.prepareStatement("SELECT id FROM index_file");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                known.add(Id.of(rows.getBytes(1)));
            }
        }
        return new KnownIndexFiles(known);
    }

    /** Whether all of them are among these. */
    boolean areIn(Set<Id> there) {
        return !known.isEmpty() && there.containsAll(known);
    }

    /** From now on these are known, and no others. */
    void replace(Connection connection, Set<Id> there) throws SQLException {
        boolean added = areIn(there);
        if (!added) {
            try (Statement delete = connection.createStatement()) {
                delete.executeUpdate("DELETE FROM index_file");
            }
        }
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT OR IGNORE INTO index_file(id) VALUES (?)")) {
            for (Id id : there) {
                if (!added || !known.contains(id)) {
                    insert.setBytes(1, id.bytes());
                    insert.executeUpdate();
                }
            }
        }
    }
}
