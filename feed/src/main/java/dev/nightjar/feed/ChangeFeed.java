package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The front door: what changed below some roots since a cursor, or an explicit gap, never silence (C5).
 *
 * <p>Open it, then either {@link #start} it, which watches and heals the gap since the last time in the background, or
 * {@link #scan} once without watching. Every method may be called by any thread.
 */
@SuppressWarnings("DoNotCallSuggester")
public final class ChangeFeed implements AutoCloseable {
    private ChangeFeed() {}

    /**
     * Opens or creates the catalog in the state directory.
     *
     * @throws FeedException if another process has it, or it is of a later version
     */
    public static ChangeFeed open(FeedOptions options) throws IOException {
        throw new UnsupportedOperationException();
    }

    /**
     * Opens an existing catalog for reading only, beside whoever owns it.
     *
     * @throws FeedException if there is none
     */
    public static ChangeFeed openReadOnly(Path state) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Records the gap since the last time, watches, and begins to heal it in the background. Returns when all is watched. */
    public void start() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Scans the whole selection without watching; returns when the gap is healed. */
    public void scan(Progress progress) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Waits until no gap is healing. */
    public void awaitHealed(Progress progress) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Waits until no gap is healing. */
    public void awaitHealed() throws IOException, InterruptedException {
        awaitHealed(Progress.NONE);
    }

    /** After this returns, what was changed before it was called is in the catalog, or a gap says that it may not be (C8). */
    public BarrierResult barrier() throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** The highest committed sequence. */
    public long sequence() {
        throw new UnsupportedOperationException();
    }

    /** How the feed is. */
    public FeedStatus status() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Work done so far. */
    public FeedCounters counters() {
        throw new UnsupportedOperationException();
    }

    /** Reads in a short read transaction. */
    public <T extends @Nullable Object> T read(CatalogReading<T> reading) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** Runs a reader's own statements in one transaction on the catalog's thread; returns when they are durable. */
    public void write(CatalogWork work) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * Moves a named cursor, in one transaction with the reader's own statements; returns when it is durable.
     *
     * @param sequence not above {@link #sequence()}
     */
    public void acknowledge(String cursorName, long sequence, CatalogWork work) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /**
     * What changed since a cursor, in the order of sequences.
     *
     * @param since null is the beginning: everything there is
     * @param limit how many changes at most; a little more may come
     */
    public ChangeBatch changes(@Nullable Cursor since, int limit) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** The named cursor, or null if it was never acknowledged. */
    public @Nullable Cursor cursor(String name) throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A cursor that knows all that is committed now. */
    public Cursor cursorNow() throws IOException {
        throw new UnsupportedOperationException();
    }

    /** A reader found a file other than its row says: it is looked at again, and its bytes count as changed. */
    public void hint(long directory, Name name) {
        throw new UnsupportedOperationException();
    }

    /** The answer to a root that was emptied or changed its filesystem: what is there now is what is meant (C17). */
    public void accept(BytePath root) throws IOException, InterruptedException {
        throw new UnsupportedOperationException();
    }

    /** Called, cheaply and seldom, after commits of the catalog, by the catalog's thread: it must not block. */
    public void onChange(Runnable listener) {
        throw new UnsupportedOperationException();
    }

    /** Stops the threads, commits what is known, and lets go of the catalog. */
    @Override
    public void close() throws IOException {
        throw new UnsupportedOperationException();
    }
}
