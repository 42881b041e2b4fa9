package dev.nightjar.feed.capture;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.CatalogWork;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.RootState;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.ListingTask;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.watch.Event;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Owns the catalog. {@link #step} does all that is due at a time and never waits; {@link #run} is the thread's loop around
 * it. A failure of the catalog ends it: everybody who waits is told.
 */
public final class Capture {
    private static final int LOOKS = 4096;
    private static final int DIRTY_MOST = 200_000;
    private static final int RESULTS_A_STEP = 64;
    private static final long COMMIT_NANOS = 250_000_000;
    private static final long MESSAGES_NANOS = 100_000_000;
    private static final long EXPIRY_NANOS = Duration.ofDays(1).toNanos();
    private static final long ROOTS_NANOS = 2_000_000_000;

    private final CatalogStore store;
    private final Inbox inbox;
    private final Watching watching;
    private final Consumer<List<ListingTask>> workers;
    private final LongSupplier nanos;
    private final Duration cursorAge;
    private final DirtySet dirty;
    private final Roots roots;
    private final Listings listings;
    private final Results results;
    private final Looker looker;
    private final Hints hints;
    private final Healing healing;
    private final MountChanges mountChanges;
    private final Barriers barriers = new Barriers();
    private final Unresolved unresolved = new Unresolved();
    private final Parts parts;
    private volatile Runnable listener = () -> {};
    private volatile long pending;
    private volatile long entries;
    private volatile boolean scanning;
    private volatile @Nullable Throwable failure;
    private long lastCommit;
    private long rootsDue;
    private long expiryDue = Long.MAX_VALUE;
    private boolean forgetting;

    /** Wires the parts; nothing happens yet. */
    public Capture(
            FeedOptions options,
            CatalogStore store,
            Inbox inbox,
            Watching watching,
            FilesystemBook filesystems,
            Looking looking,
            RuleFiles ruleFiles,
            Counters counters,
            AtomicLong stamps,
            Set<Safeguard> safeguards,
            LongSupplier nanos,
            Consumer<List<ListingTask>> workers) {
        this.store = store;
        this.inbox = inbox;
        this.watching = watching;
        this.workers = workers;
        this.nanos = nanos;
        this.cursorAge = options.cursorAge();
        this.entries = store.entries();
        this.roots = new Roots(options.roots(), counters);
        Directories directories = new Directories(store, roots, ruleFiles);
        this.parts = new Parts(
                store,
                directories,
                roots,
                new FilesystemIds(store, filesystems),
                filesystems,
                looking,
                ruleFiles,
                Borders.of(options),
                stamps::incrementAndGet,
                options.clock(),
                safeguards);
        this.dirty = new DirtySet(options.timing());
        Recent recent = new Recent();
        this.listings = new Listings(store, directories, roots, recent);
        this.hints = new Hints(parts, dirty, listings, unresolved, watching, nanos);
        EmptiedRoots emptiedRoots = new EmptiedRoots(store, roots, ruleFiles, parts.borders());
        Applier applier = new Applier(
                store,
                directories,
                parts.filesystemIds(),
                emptiedRoots,
                ruleFiles,
                hints,
                new Relocation(parts, listings, hints),
                safeguards);
        this.looker = new Looker(parts, applier, dirty, recent, hints);
        this.results = new Results(parts, applier, listings, hints.resolver(), recent, dirty, hints);
        this.healing = new Healing(parts, listings, results, dirty, unresolved, hints.resolver(), emptiedRoots);
        hints.connect(results, healing);
        this.mountChanges = new MountChanges(parts, watching, healing, hints);
    }

    /** The loop of the capture thread, until the inbox is closed or the catalog fails. */
    public void run() {
        try {
            while (!inbox.isClosed()) {
                inbox.await(patience(), dirty.size() < DIRTY_MOST);
                step();
            }
            while (!inbox.isEmpty()) {
                step();
            }
            commit();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            fail(e);
        } catch (SQLException | IOException | RuntimeException e) {
            fail(e);
        }
    }

    private void fail(Throwable why) {
        failure = why;
        inbox.close();
        barriers.fail(why);
        Inbox.Work work = inbox.work();
        while (work != null) {
            work.fail(why);
            work = inbox.work();
        }
        listener.run();
    }

    /** How long there is nothing to do, in nanoseconds; negative is for ever. */
    private long patience() {
        if (!inbox.isEmpty() && dirty.size() < DIRTY_MOST) {
            return 0;
        }
        long now = nanos.getAsLong();
        long next = expiryDue;
        Long settles = dirty.next();
        Long later = listings.nextDue();
        if (settles != null) {
            next = Math.min(next, settles);
        }
        if (later != null) {
            next = Math.min(next, later);
        }
        if (!barriers.isEmpty()) {
            Long urgent = dirty.nextUrgent(barriers.urgent());
            next = urgent == null ? next : Math.min(next, urgent);
        }
        if (!unresolved.isEmpty()) {
            next = Math.min(next, hints.retryDue());
        }
        if (store.dirty()) {
            next = Math.min(next, lastCommit + COMMIT_NANOS);
        }
        if (!roots.settled() && rootsDue != 0) {
            next = Math.min(next, rootsDue);
        }
        return next == Long.MAX_VALUE ? -1 : Math.max(0, next - now);
    }

    /** Does what is due now. */
    void step() throws SQLException, IOException {
        takeWorks();
        long now = nanos.getAsLong();
        takeMessages(now);
        for (int i = 0; i < RESULTS_A_STEP; i++) {
            ListingResult result = inbox.result();
            if (result == null) {
                break;
            }
            results.take(result, now);
        }
        listings.due(now);
        hints.retry(now);
        boolean full = dirty.size() >= DIRTY_MOST;
        List<Dirty> taken = dirty.take(now, barriers.urgent(), full, LOOKS);
        while (!taken.isEmpty()) {
            looker.look(taken, now);
            taken = dirty.take(now, barriers.urgent(), full, LOOKS);
        }
        if (rootsDue != 0 && now >= rootsDue) {
            rootsDue = roots.settled() ? 0 : now + ROOTS_NANOS;
            healing.checkRoots();
        } else if (rootsDue == 0 && !roots.settled()) {
            rootsDue = now + ROOTS_NANOS;
        }
        List<ListingTask> ready = listings.takeReady();
        if (!ready.isEmpty()) {
            if (store.dirty() && ready.stream().anyMatch(task -> !task.fresh())) {
                commit(); // the workers compare with committed rows: one removed since would pass for known
            }
            workers.accept(ready);
        }
        expire(now);
        boolean healed = healing.settle(now);
        pending = dirty.size();
        entries = store.entries();
        scanning = !listings.isIdle();
        hints.publish();
        boolean waited = !barriers.isEmpty();
        if (store.dirty() && (healed || waited || inbox.isEmpty() || now - lastCommit >= COMMIT_NANOS)) {
            boolean bulk = !listings.isIdle() && !waited && !healed && now - lastCommit < COMMIT_NANOS;
            if (!bulk) {
                commit();
            }
        }
        if (waited) {
            passBarriers();
        }
    }

    /** Once a day, in portions between which everything else is done. */
    private void expire(long now) throws SQLException {
        if (now < expiryDue) {
            return;
        }
        if (!forgetting) {
            store.cursors().expire(cursorAge);
        }
        forgetting = store.cursors().forget();
        store.endRead();
        expiryDue = forgetting ? now : now + EXPIRY_NANOS;
    }

    private void takeMessages(long now) throws SQLException, IOException {
        // Beside writers that are quicker than this there is always one more; looks make it quicker again.
        while (dirty.size() < DIRTY_MOST && nanos.getAsLong() - now < MESSAGES_NANOS) {
            Inbox.Message message = inbox.message();
            switch (message) {
                case null -> {
                    return;
                }
                case Inbox.Message.Events events -> {
                    for (Event event : events.events()) {
                        hints.heard(event, now);
                    }
                }
                case Inbox.Message.Overflow overflow -> {
                    healing.gap(null, GapReason.OVERFLOW);
                }
                case Inbox.Message.Flushed flushed -> barriers.flushed(flushed.watcher(), flushed.number(), now);
                case Inbox.Message.MountsChanged changed -> mountChanges.look(now);
                case Inbox.Message.MountsUnwatched lost ->
                    hints.warn("what is mounted or unmounted is noticed only when something is saved: "
                            + lost.problem().getMessage());
                case Inbox.Message.Failed failed -> {
                    store.gaps().add(0, GapReason.UNWATCHABLE, false);
                    hints.warn("events of " + failed.watcher().kind() + " ended: "
                            + failed.problem().getMessage());
                    barriers.flushed(failed.watcher(), Long.MAX_VALUE, now);
                }
            }
        }
    }

    private void takeWorks() throws SQLException {
        Inbox.Work work = inbox.work();
        boolean any = work != null;
        while (work != null) {
            work.run();
            work = inbox.work();
        }
        if (any && store.dirty()) {
            commit();
        }
    }

    private void passBarriers() throws SQLException {
        List<CompletableFuture<BarrierResult>> passed = barriers.passed(dirty, listings, unresolved);
        if (!passed.isEmpty()) {
            if (store.dirty()) {
                commit();
            }
            BarrierResult result =
                    new BarrierResult(store.committed(), store.gaps().all());
            store.endRead();
            passed.forEach(barrier -> barrier.complete(result));
        }
    }

    private void commit() throws SQLException {
        boolean changed = store.dirty();
        store.commit();
        lastCommit = nanos.getAsLong();
        if (changed) {
            listener.run();
        }
    }

    // Asked for by other threads.

    /** Records the gap since the last time and begins to heal it; the future ends when all roots are watched or in question. */
    public void start(CompletableFuture<Void> started) throws InterruptedException {
        submit(started, () -> {
            mountChanges.start();
            healing.start();
            commit();
            expiryDue = nanos.getAsLong();
            started.complete(null);
        });
    }

    /** Asks for a barrier. */
    public void barrier(CompletableFuture<BarrierResult> done) throws InterruptedException {
        submit(done, () -> {
            mountChanges.look(nanos.getAsLong());
            barriers.ask(watching, nanos.getAsLong(), done);
        });
    }

    /** Runs statements in a transaction of their own. */
    public void write(CatalogWork work, CompletableFuture<Void> done) throws InterruptedException {
        submit(done, () -> {
            commit();
            store.run(work);
            commit();
            done.complete(null);
        });
    }

    /** Moves a cursor with statements. */
    public void acknowledge(
            String cursor, long sequence, String selection, CatalogWork work, CompletableFuture<Void> done)
            throws InterruptedException {
        submit(done, () -> {
            commit();
            if (sequence > store.committed()) {
                throw new IllegalArgumentException("sequence " + sequence + " is above " + store.committed());
            }
            store.run(connection -> {
                work.run(connection);
                store.cursors().acknowledge(cursor, sequence, selection);
            });
            commit();
            done.complete(null);
        });
    }

    /** The answer to a question is yes; completes with false if it is not asked. */
    public void accept(String question, CompletableFuture<Boolean> done) throws InterruptedException {
        submit(done, () -> {
            boolean taken = healing.accept(question);
            commit();
            done.complete(taken);
        });
    }

    /** A name is to be looked at, and its bytes count as changed; null is the directory itself. */
    public void hint(long directory, @Nullable Name name, int bits) throws InterruptedException {
        CompletableFuture<Void> nobody = new CompletableFuture<>();
        submit(nobody, () -> hints.hint(directory, name, bits, nanos.getAsLong()));
    }

    /** Does something with the catalog's statements, and the parts of this. */
    private interface Task {
        void run() throws SQLException, IOException;
    }

    private void submit(CompletableFuture<?> done, Task task) throws InterruptedException {
        boolean taken = inbox.put(new Inbox.Work() {
            @Override
            public void run() {
                try {
                    task.run();
                } catch (SQLException | IOException | RuntimeException e) {
                    done.completeExceptionally(e);
                }
            }

            @Override
            public void fail(Throwable why) {
                done.completeExceptionally(why);
            }
        });
        if (!taken) {
            done.completeExceptionally(new IOException("the feed has ended"));
        }
    }

    /** Why it ended, or null. */
    public @Nullable Throwable failure() {
        return failure;
    }

    /** Called after commits. */
    public void listener(Runnable called) {
        listener = called;
    }

    /** Names hinted and not looked at yet. */
    public long pending() {
        return pending;
    }

    /** Rows. */
    public long entries() {
        return entries;
    }

    /** Whether directories are being listed. */
    public boolean scanning() {
        return scanning;
    }

    /** What became of each root. */
    public List<dev.nightjar.feed.FeedStatus.Root> rootStates() {
        return roots.all().stream()
                .map(root -> {
                    RootState state = root.state();
                    boolean asked = state != RootState.PRESENT && state != RootState.NEW;
                    return new dev.nightjar.feed.FeedStatus.Root(root.path(), state, asked ? root.question() : null);
                })
                .toList();
    }

    /** Whether a root is in question. */
    public boolean inQuestion() {
        return roots.all().stream()
                .anyMatch(root -> root.state() != RootState.PRESENT && root.state() != RootState.NEW);
    }

    /** Things for people to know; any thread. */
    public List<String> warnings() {
        return hints.warnings();
    }

    /** Names not entered because they are on other filesystems; any thread. */
    public List<BytePath> leftOut() {
        return hints.leftOut();
    }

    /** Number of inotify watches; any thread, roughly. */
    public long watches() {
        return hints.watches();
    }

    /** A row, for tests of the parts. */
    Entry root() throws SQLException {
        return store.roots().getFirst();
    }
}
