package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job's catalog says of its last commit, also when the job does not run. Any thread.
 *
 * @param snapshot the last snapshot
 * @param safeUpTo everything that changed before this is in it
 * @param problems how many files are not in it as they were on disk
 */
public record LastCommit(Id snapshot, Instant safeUpTo, long problems) {

    /** Reads it; null if nothing was ever committed. */
    public static @Nullable LastCommit of(ChangeFeed feed) throws IOException {
        return feed.<@Nullable LastCommit>read(reader -> {
            try (Statement statement = reader.connection().createStatement();
                    ResultSet table = statement.executeQuery("SELECT 1 FROM sqlite_master WHERE name = 'ledger'")) {
                if (!table.next()) {
                    return null;
                }
            }
            LedgerHeader header = LedgerHeader.read(reader.connection());
            return of(header, LedgerReader.problemCount(reader));
        });
    }

    private static @Nullable LastCommit of(LedgerHeader header, long problems) {
        Id snapshot = header.snapshot();
        return snapshot == null ? null : new LastCommit(snapshot, Instant.ofEpochMilli(header.committed()), problems);
    }
}
