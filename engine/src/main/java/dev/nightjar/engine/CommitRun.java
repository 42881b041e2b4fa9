package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.FileSource;
import java.time.InstantSource;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * What the parts of one commit share.
 *
 * @param header the ledger's header as the commit found it, {@code base} raised if the snapshot is gone (C14b)
 * @param since up to which sequence the last snapshot had everything; 0 when there is none to build on
 * @param problems the entries that had a problem after the last commit
 * @param resting whether files that never rest may be passed over (C12)
 * @param around what every reading is wrapped in: nothing, or a test's fault
 * @param garbage what is let go of while the commit goes on
 * @param cancelled whether the commit shall be given up
 */
record CommitRun(
        ChangeFeed feed,
        Commit commit,
        LedgerHeader header,
        long since,
        LedgerWriter ledger,
        LongSet problems,
        boolean resting,
        RestingFiles restingFiles,
        ProblemTeller teller,
        InstantSource clock,
        UnaryOperator<FileSource> around,
        Garbage garbage,
        BooleanSupplier cancelled) {

    /**
     * Called between one file or directory and the next: gives up if somebody asked for that, and keeps the process small.
     *
     * @throws InterruptedException if so
     */
    void check() throws InterruptedException {
        if (cancelled.getAsBoolean() || Thread.interrupted()) {
            throw new InterruptedException("the commit was given up");
        }
        garbage.look();
    }
}
