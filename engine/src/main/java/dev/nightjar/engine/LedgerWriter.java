package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.util.Set;

/**
 * Writes what a commit finds into the ledger, in intervals, so that an interrupted first backup reads no file twice. What
 * it writes counts only when the attempt has ended well.
 */
final class LedgerWriter {
    private static final int LINES = 10_000;
    private static final long NANOS = 15_000_000_000L;

    private final ChangeFeed feed;
    private final LedgerHeader header;
    private final long attempt;
    private LedgerBatch batch;
    private boolean hasLines;
    private long flushed = System.nanoTime();

    LedgerWriter(ChangeFeed feed, LedgerHeader header) {
        this.feed = feed;
        this.header = header;
        this.attempt = header.attempt() + 1;
        this.batch = new LedgerBatch(attempt);
        this.hasLines = header.begun() > 0;
    }

    /** The attempt whose lines these are. */
    long attempt() {
        return attempt;
    }

    /** Whether the ledger has any lines, of this attempt or an earlier one. */
    boolean mayHaveLines() {
        return hasLines;
    }

    void content(long entry, Content content) throws IOException, InterruptedException {
        batch.content(entry, content);
        flushIfDue();
    }

    void forget(long entry) {
        batch.forget(entry);
    }

    void tree(long directory, Id tree) throws IOException, InterruptedException {
        batch.tree(directory, tree);
        flushIfDue();
    }

    void problem(long entry, Problem problem) {
        batch.problem(entry, problem);
    }

    void solved(long entry) {
        batch.solved(entry);
    }

    private void flushIfDue() throws IOException, InterruptedException {
        if (batch.size() >= LINES || System.nanoTime() - flushed > NANOS) {
            flush();
        }
    }

    /** Makes what was gathered durable now. */
    void flush() throws IOException, InterruptedException {
        if (batch.size() == 0) {
            return;
        }
        LedgerBatch full = batch;
        feed.write(connection -> {
            header.withBegun(attempt).write(connection);
            full.write(connection);
        });
        batch = new LedgerBatch(attempt);
        hasLines = true;
        flushed = System.nanoTime();
    }

    /** The attempt has ended well: the rest, the new header, the index files and the cursor, in one transaction. */
    void finish(String cursor, long sequence, LedgerHeader finished, KnownIndexFiles indexFiles, Set<Id> indexFilesNow)
            throws IOException, InterruptedException {
        LedgerBatch rest = batch;
        feed.acknowledge(cursor, sequence, connection -> {
            rest.write(connection);
            finished.write(connection);
            indexFiles.replace(connection, indexFilesNow);
        });
        batch = new LedgerBatch(attempt);
    }
}
