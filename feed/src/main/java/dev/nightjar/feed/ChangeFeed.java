package dev.nightjar.feed;

import dev.nightjar.feed.audit.Audit;
import dev.nightjar.feed.capture.Capture;
import dev.nightjar.feed.catalog.AuditTable;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.QuestionTable;
import dev.nightjar.feed.catalog.Readers;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The front door: what changed below some roots since a cursor, or an explicit gap, never silence (C5).
 *
 * <p>Open it, then either {@link #start} it, which watches and heals the gap since the last time in the background, or
 * {@link #scan} once without watching. Every method may be called by any thread. A failure of the catalog (a full disk) ends
 * the feed: from then on everything that needs it throws an {@link IOException}.
 */
public final class ChangeFeed implements AutoCloseable {
    private static final long POLL_MILLIS = 200;

    private final Readers readers;
    private final @Nullable Running owned;
    private final Object lock = new Object();
    private boolean closed;

    private ChangeFeed(Readers readers, @Nullable Running owned) {
        this.readers = readers;
        this.owned = owned;
    }

    /**
     * Opens or creates the catalog in the state directory.
     *
     * @throws FeedException if another process has it, or it is of a later version
     */
    public static ChangeFeed open(FeedOptions options) throws IOException {
        return open(options, Internals.STANDARD);
    }

    static ChangeFeed open(FeedOptions options, Internals internals) throws IOException {
        try {
            CatalogStore store = CatalogStore.open(options.state(), options.clock());
            try {
                store.selection(options.selection().hash());
                store.commit();
                Readers readers = Readers.of(options.state());
                return new ChangeFeed(readers, new Running(options, internals, store, readers));
            } catch (SQLException | IOException e) {
                store.close();
                throw e;
            }
        } catch (SQLException e) {
            throw FeedException.of(options.state().resolve("catalog.db"), e);
        }
    }

    /**
     * Opens an existing catalog for reading only, beside whoever owns it.
     *
     * @throws FeedException if there is none
     */
    public static ChangeFeed openReadOnly(Path state) throws IOException {
        return new ChangeFeed(Readers.of(state), null);
    }

    private Running running() {
        if (owned == null) {
            throw new IllegalStateException("opened for reading only");
        }
        return owned;
    }

    /** Records the gap since the last time, watches, and begins to heal it in the background. Returns when the roots are. */
    public void start() throws IOException {
        try {
            running().start(true);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while starting", e);
        }
    }

    /** Scans the whole selection without watching; returns when the gap is healed. */
    public void scan(Progress progress) throws IOException, InterruptedException {
        running().start(false);
        awaitHealed(progress);
    }

    /** Waits until no gap is healing. */
    public void awaitHealed(Progress progress) throws IOException, InterruptedException {
        Running feed = running();
        while (true) {
            feed.ensureAlive();
            FeedCounters counters = feed.counters();
            progress.scanned(counters.directoriesListed(), counters.entriesLooked());
            if (readers.gaps().stream().noneMatch(Gap::healing)) {
                return;
            }
            feed.awaitChange(POLL_MILLIS);
        }
    }

    /** Waits until no gap is healing. */
    public void awaitHealed() throws IOException, InterruptedException {
        awaitHealed(Progress.NONE);
    }

    /** After this returns, what was changed before it was called is in the catalog, or a gap says that it may not be (C8). */
    public BarrierResult barrier() throws IOException, InterruptedException {
        CompletableFuture<BarrierResult> done = new CompletableFuture<>();
        running().capture().barrier(done);
        return running().await(done);
    }

    /** The highest committed sequence. */
    public long sequence() throws IOException {
        Running feed = owned;
        return feed == null
                ? readers.read(CatalogReader::sequence)
                : feed.store().committed();
    }

    /** How the feed is. */
    public FeedStatus status() throws IOException {
        Running feed = owned;
        List<Gap> gaps = readers.gaps();
        if (feed == null) {
            List<FeedStatus.Root> roots = readers.read(reader -> {
                List<FeedStatus.Root> found = new java.util.ArrayList<>();
                Map<Long, Question> questions = QuestionTable.read(reader.connection());
                for (Entry root : reader.roots()) {
                    Question asked = questions.get(root.id());
                    RootState state = asked == null ? RootState.NEW : asked.state();
                    found.add(new FeedStatus.Root(reader.path(root.id()), state, asked));
                }
                return found;
            });
            return new FeedStatus(
                    roots,
                    List.of(),
                    readers.entries(),
                    0,
                    sequence(),
                    gaps,
                    readers.read(CatalogReader::problems),
                    List.of(),
                    List.of(),
                    false,
                    new FeedCounters(0, 0, 0, 0));
        }
        Capture capture = feed.capture();
        return new FeedStatus(
                capture.rootStates(),
                feed.watching(),
                capture.entries(),
                capture.pending(),
                feed.store().committed(),
                gaps,
                readers.read(CatalogReader::problems),
                capture.leftOut(),
                capture.warnings(),
                capture.scanning(),
                feed.counters());
    }

    /** Work done so far. */
    public FeedCounters counters() {
        return running().counters();
    }

    /** Reads in a short read transaction. */
    public <T extends @Nullable Object> T read(CatalogReading<T> reading) throws IOException {
        return readers.read(reading);
    }

    /** Runs a reader's own statements in one transaction on the catalog's thread; returns when they are durable. */
    public void write(CatalogWork work) throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        running().capture().write(work, done);
        running().awaitDone(done);
    }

    /**
     * Moves a named cursor, in one transaction with the reader's own statements; returns when it is durable.
     *
     * @param sequence not above {@link #sequence()}
     */
    public void acknowledge(String cursorName, long sequence, CatalogWork work)
            throws IOException, InterruptedException {
        CompletableFuture<Void> done = new CompletableFuture<>();
        Running feed = running();
        feed.capture().acknowledge(cursorName, sequence, feed.selection(), work, done);
        feed.awaitDone(done);
    }

    private String selection() throws IOException {
        Running feed = owned;
        if (feed != null) {
            return feed.selection();
        }
        String kept = readers.selection();
        return kept == null ? "0" : kept;
    }

    /**
     * What changed since a cursor, in the order of sequences. However far behind the cursor is, a batch is read and held
     * only up to the limit (C20). Where names have expired (C5), a listing from the beginning may tell of a directory twice.
     *
     * @param since null is the beginning: everything there is
     * @param limit how many changes at most; a little more may come
     */
    public ChangeBatch changes(@Nullable Cursor since, int limit) throws IOException {
        return readers.changes(since, selection(), limit);
    }

    /** The named cursor, or null if it was never acknowledged. */
    public @Nullable Cursor cursor(String name) throws IOException {
        long sequence = read(reader -> reader.cursorSequence(name));
        return sequence == 0 ? null : readers.namedCursor(name, sequence);
    }

    /** A cursor that knows all that is committed now. */
    public Cursor cursorNow() throws IOException {
        return readers.cursor(sequence(), selection());
    }

    /**
     * Compares everything on disk with the catalog while events flow, and tells what a barrier should have brought into the
     * catalog and did not; it is looked at again like anything that is hinted. Politely slow (C20); an interrupt ends it. What
     * it came to is kept, see {@link #lastAudit}. Wants a feed that was started.
     *
     * @param below what is to be compared, with all below; empty is everything
     */
    public AuditResult audit(List<BytePath> below, AuditListener listener) throws IOException, InterruptedException {
        return Audit.run(this, running().beside(), below, listener);
    }

    /** What the last audit came to, or null if there was none. */
    public @Nullable AuditResult lastAudit() throws IOException {
        return this.<@Nullable AuditResult>read(reader -> AuditTable.last(reader.connection()));
    }

    /**
     * A reader found a file other than its row says: it is looked at again, and its bytes count as changed.
     *
     * @param name null is the directory itself
     */
    public void hint(long directory, @Nullable Name name) {
        try {
            running().capture().hint(directory, name, Bits.CONTENT | Bits.METADATA);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * The answer to a question about a root is yes: what is there now is what is meant (C17). Of a feed that is not started
     * the answer is kept for the next that is.
     *
     * @param question its {@link Question#id}
     * @return whether it is asked, and yes is an answer to it
     */
    public boolean accept(String question) throws IOException, InterruptedException {
        CompletableFuture<Boolean> done = new CompletableFuture<>();
        running().capture().accept(question, done);
        return running().await(done);
    }

    /** As if the kernel had dropped events: for tests. */
    void injectOverflow() throws InterruptedException {
        running().inbox().overflow();
    }

    /** Called, cheaply and seldom, after commits of the catalog, by the catalog's thread: it must not block. */
    public void onChange(Runnable listener) {
        running().onChange(listener);
    }

    /** Stops the threads, commits what is known, and lets go of the catalog. */
    @Override
    public void close() throws IOException {
        synchronized (lock) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try (readers) {
            if (owned != null) {
                owned.close(readers);
            }
        } catch (SQLException e) {
            throw FeedException.of(readers.file(), e);
        }
    }

    /** Waits for an answer of the capture thread. */
    static <T> T await(CompletableFuture<T> done, Running feed) throws IOException, InterruptedException {
        while (true) {
            try {
                return done.get(POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (feed.hasEnded() && !done.isDone()) {
                    throw feed.because(e);
                }
            } catch (ExecutionException e) {
                throw feed.because(e);
            }
        }
    }
}
