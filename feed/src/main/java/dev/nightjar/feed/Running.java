package dev.nightjar.feed;

import dev.nightjar.feed.capture.Capture;
import dev.nightjar.feed.capture.Inbox;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.Readers;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Workers;
import dev.nightjar.feed.watch.Threads;
import dev.nightjar.feed.watch.Watcher;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.Counters;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** The threads of an owned feed: capture, workers, and the watchers' readers. */
final class Running {
    private final FeedOptions options;
    private final CatalogStore store;
    private final Path catalog;
    private final Inbox inbox;
    private final Counters counters = new Counters();
    private final FilesystemBook filesystems = new FilesystemBook();
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final Object changed = new Object();
    private final Watching watching;
    private final Workers.Setting setting;
    private final Workers workers;
    private final Capture capture;
    private final Thread thread;
    private final AtomicBoolean started = new AtomicBoolean();
    private volatile @Nullable Throwable failure;
    private long changes;

    Running(FeedOptions options, Internals internals, CatalogStore store, Readers readers) {
        this.options = options;
        this.inbox = new Inbox(internals.handOff());
        this.store = store;
        this.catalog = readers.file();
        RuleFiles ruleFiles = new RuleFiles(options.selection());
        Looking looking = new Looking();
        AtomicLong stamps = new AtomicLong();
        this.watching = new Watching(
                inbox,
                new Watcher.Reading(options.timing().lazyRead().toMillis(), internals.queue()),
                options.ownEvents());
        this.setting = new Workers.Setting(
                looking,
                readers,
                ruleFiles,
                Borders.of(options),
                watching,
                filesystems,
                internals.safeguards(),
                stamps::incrementAndGet,
                counters,
                options.clock());
        this.workers = new Workers(internals.workers(), setting, inbox, this::failed);
        this.capture = new Capture(
                options,
                store,
                inbox,
                watching,
                filesystems,
                looking,
                ruleFiles,
                counters,
                stamps,
                internals.safeguards(),
                System::nanoTime,
                workers::add);
        capture.listener(this::committed);
        this.thread = Thread.ofPlatform().daemon().name("nightjar-capture").start(this::run);
    }

    private void run() {
        capture.run();
        if (capture.failure() != null) {
            failure = capture.failure();
        }
        committed();
    }

    CatalogStore store() {
        return store;
    }

    String selection() {
        return options.selection().hash();
    }

    /** Begins to heal the gap since the last time; watches first if told so. */
    void start(boolean watch) throws IOException, InterruptedException {
        if (!started.compareAndSet(false, true)) {
            throw new IllegalStateException("started already");
        }
        if (watch) {
            watching.enable(options.watcher());
        }
        CompletableFuture<Void> done = new CompletableFuture<>();
        capture.start(done);
        awaitDone(done);
    }

    private void failed(Throwable why) {
        failure = why;
        inbox.end();
        committed();
    }

    private void committed() {
        synchronized (changed) {
            changes++;
            changed.notifyAll();
        }
        listeners.forEach(Runnable::run);
    }

    void onChange(Runnable listener) {
        listeners.add(listener);
    }

    /** Waits for a commit, or for the time. */
    void awaitChange(long millis) throws InterruptedException {
        long deadline = System.nanoTime() + millis * 1_000_000;
        synchronized (changed) {
            long seen = changes;
            long left = millis;
            while (changes == seen && left > 0) {
                changed.wait(left);
                left = (deadline - System.nanoTime()) / 1_000_000;
            }
        }
    }

    /** For listings that neither watch nor count as the feed's own. */
    Workers.Setting beside() {
        return setting.beside(new Watching(inbox, new Watcher.Reading(0, 0), options.ownEvents()));
    }

    Inbox inbox() {
        return inbox;
    }

    /** Whether no answer will come any more. */
    boolean hasEnded() {
        return inbox.hasEnded();
    }

    /** Why there is no answer, as what it is to the caller: the feed's own end, if that is why. */
    IOException because(Throwable why) {
        Throwable end = capture.failure() == null ? failure : capture.failure();
        return FeedException.of(catalog, end == null ? why : end);
    }

    Capture capture() {
        return capture;
    }

    void ensureAlive() throws IOException {
        Throwable why = failure;
        if (why != null) {
            throw because(why);
        }
    }

    <T> T await(CompletableFuture<T> done) throws IOException, InterruptedException {
        return ChangeFeed.await(done, this);
    }

    void awaitDone(CompletableFuture<Void> done) throws IOException, InterruptedException {
        ChangeFeed.await(done.thenApply(nothing -> true), this);
    }

    FeedCounters counters() {
        return new FeedCounters(
                counters.directoriesListed(), counters.entriesLooked(), watching.eventsRead(), inbox.overflows());
    }

    List<FeedStatus.Watching> watching() {
        List<FeedStatus.Watching> all = new ArrayList<>();
        watching.kinds().forEach((device, kind) -> {
            FilesystemBook.Filesystem filesystem = filesystems.byDevice(device);
            all.add(new FeedStatus.Watching(
                    filesystem == null ? Long.toHexString(device) : filesystem.identity(),
                    kind,
                    kind == WatcherChoice.INOTIFY ? capture.watches() : 1));
        });
        return all;
    }

    /** Ends the watchers first, so that nothing is heard that is not kept. */
    void close(Readers readers) throws SQLException, IOException {
        inbox.close();
        watching.close();
        workers.close();
        Threads.join(thread);
        readers.close(); // whoever closes last puts the log away, and only the writer can
        store.close();
    }
}
