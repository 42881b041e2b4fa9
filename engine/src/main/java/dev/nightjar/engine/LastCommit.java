package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a job's catalog says of its last commit, also when the job does not run. Any thread.
 *
 * @param snapshot the last snapshot
 * @param safeUpTo everything that changed before this is in it
 */
public record LastCommit(Id snapshot, Instant safeUpTo) {

    /** Reads it; null if nothing was ever committed. */
    public static @Nullable LastCommit of(ChangeFeed feed) throws IOException {
        return feed.<@Nullable LastCommit>read(reader -> {
            LedgerHeader header = LedgerTables.exist(reader.connection())
                    ? LedgerHeader.read(reader.connection())
                    : LedgerHeader.EMPTY;
            Id snapshot = header.snapshot();
            return snapshot == null ? null : new LastCommit(snapshot, Instant.ofEpochMilli(header.committed()));
        });
    }
}
