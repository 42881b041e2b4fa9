package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Gap;
import dev.nightjar.feed.GapReason;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Gap records, read. */
final class Gaps {
    static final String HEALING = "healing";
    static final String TOLD = "told";

    private Gaps() {}

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
