package dev.nightjar.feed.catalog;

import dev.nightjar.feed.AuditResult;
import dev.nightjar.feed.CatalogWork;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What the catalog keeps of audits: the last one. */
public final class AuditTable {
    private AuditTable() {}

    /** The last audit, or null. */
    public static @Nullable AuditResult last(Connection connection) throws SQLException {
        if (Schema.version(connection) < Schema.AUDITS_AND_QUESTIONS) {
            return null; // read before its next owner has migrated it
        }
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(
                        "SELECT time, millis, directories, entries, found, not_compared FROM audit")) {
            return !row.next()
                    ? null
                    : new AuditResult(
                            Instant.ofEpochMilli(row.getLong(1)),
                            Duration.ofMillis(row.getLong(2)),
                            row.getLong(3),
                            row.getLong(4),
                            row.getLong(5),
                            row.getLong(6));
        }
    }

    /** Keeps an audit instead of the one before. */
    public static CatalogWork keep(AuditResult result) {
        return connection -> {
            try (PreparedStatement row =
                    connection.prepareStatement("INSERT OR REPLACE INTO audit VALUES(1, ?, ?, ?, ?, ?, ?)")) {
                row.setLong(1, result.time().toEpochMilli());
                row.setLong(2, result.took().toMillis());
                row.setLong(3, result.directories());
                row.setLong(4, result.entries());
                row.setLong(5, result.found());
                row.setLong(6, result.notCompared());
                row.executeUpdate();
            }
        };
    }
}
