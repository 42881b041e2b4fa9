package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.Change;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.OwnEvents;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.Readers;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.scan.Workers;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.feed.watch.Event;
import dev.nightjar.feed.watch.EventSink;
import dev.nightjar.feed.watch.Watcher;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.RenameMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * A capture that hears of events and of listings when a test says so, in the order that the test gives. Below the root is
 * a file {@code keep}; the clock stands still in 1970, where no change is fresh.
 */
final class CaptureStage implements AutoCloseable {
    private static final SelectionRules ALL = new SelectionRules(List.of(), List.of(), false, true, false);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<ListingResult> listings = new LinkedBlockingQueue<>();
    private final Inbox inbox = new Inbox(32);
    private final Path root;
    private final Watching watching;
    private final CatalogStore store;
    private final Readers readers;
    private final Workers workers;
    private final Capture capture;
    private volatile InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private long passed;

    /** Below a directory, watched in a way; the root is scanned when this returns. */
    CaptureStage(Path top, WatcherChoice watcher, Set<Safeguard> safeguards) throws Exception {
        root = Files.createDirectory(top.toRealPath().resolve("root"));
        Files.writeString(at("keep"), "so that the root is never empty");
        Path state = top.resolve("state");
        InstantSource time = () -> clock.instant();
        FeedOptions options = new FeedOptions(
                state,
                List.of(BytePath.of(root.toString())),
                Selection.of(ALL),
                List.of(),
                watcher,
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                time);
        store = CatalogStore.open(state, time);
        readers = Readers.of(state);
        watching = new Watching(new Held(), new Watcher.Reading(0, Integer.MAX_VALUE), OwnEvents.KEEP);
        watching.enable(watcher);
        FilesystemBook filesystems = new FilesystemBook();
        Looking looking = new Looking();
        RuleFiles ruleFiles = new RuleFiles(options.selection());
        Counters counters = new Counters();
        AtomicLong stamps = new AtomicLong();
        workers = new Workers(
                1,
                new Workers.Setting(
                        looking,
                        readers,
                        ruleFiles,
                        Borders.of(options),
                        watching,
                        filesystems,
                        safeguards,
                        stamps::incrementAndGet,
                        counters,
                        time),
                listings::put,
                problem -> {});
        capture = new Capture(
                options,
                store,
                inbox,
                watching,
                filesystems,
                looking,
                ruleFiles,
                counters,
                stamps,
                safeguards,
                () -> System.nanoTime() + passed,
                workers::add);
        CompletableFuture<Void> started = new CompletableFuture<>();
        capture.start(started);
        settle();
        assertThat(started).isCompleted();
        events.clear();
    }

    /** With all safeguards, by inotify. */
    static CaptureStage safe(Path top) throws Exception {
        return new CaptureStage(top, WatcherChoice.INOTIFY, EnumSet.allOf(Safeguard.class));
    }

    /** Keeps events until the test hands them over. */
    private final class Held implements EventSink {
        @Override
        public void events(List<Event> heard) {
            events.addAll(heard);
        }

        @Override
        public void overflow() {
            throw new IllegalStateException("overflow");
        }

        @Override
        public void flushed(Watcher watcher, long number) throws InterruptedException {
            inbox.flushed(watcher, number);
        }

        @Override
        public void mountsChanged() throws InterruptedException {
            inbox.mountsChanged();
        }

        @Override
        public void mountsUnwatched(IOException problem) throws InterruptedException {
            inbox.mountsUnwatched(problem);
        }

        @Override
        public void failed(Watcher watcher, IOException problem) throws InterruptedException {
            inbox.failed(watcher, problem);
        }
    }

    @Override
    public void close() throws Exception {
        inbox.close();
        watching.close();
        workers.close();
        readers.close();
        store.close();
    }

    /** What the clock says from now on; the worker that lists asks it, too, for each file that is other than its row. */
    void clock(InstantSource now) {
        clock = now;
    }

    /** Time passes, on every clock. */
    void pass(Duration time) {
        clock = InstantSource.fixed(clock.instant().plus(time));
        passed += time.toNanos();
    }

    /** A cursor that knows all that is committed. */
    Cursor cursor() throws IOException {
        return readers.cursor(store.committed(), "all");
    }

    List<Change> changes(Cursor since) throws IOException {
        return readers.changes(since, "all", 100).changes();
    }

    Path at(String name) {
        return root.resolve(name);
    }

    void rename(String from, String to) throws IOException {
        Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Makes a file whose coming is all that is heard of it, and returns that and what was to be heard before. */
    List<Event> moveIn(String name, String content) throws IOException, InterruptedException {
        Path file = Files.writeString(root.resolveSibling("outside"), content);
        Files.move(file, at(name), StandardCopyOption.ATOMIC_MOVE);
        return eventsUntil(String.valueOf(at(name).getFileName()));
    }

    void exchange(String one, String other) throws IOException {
        try (Directory directory = Directory.open(BytePath.of(root.toString()))) {
            directory.rename(Name.of(one), directory, Name.of(other), RenameMode.EXCHANGE);
        }
    }

    /** Waits for an event about a name, and all before it. */
    List<Event> eventsUntil(String name) throws InterruptedException {
        List<Event> heard = new ArrayList<>();
        boolean found = false;
        while (!found) {
            Event event = Objects.requireNonNull(events.poll(20, TimeUnit.SECONDS), () -> "no event of " + name);
            heard.add(event);
            found = isAbout(name).test(event);
        }
        return heard;
    }

    private static Predicate<Event> isAbout(String text) {
        Name name = Name.of(text);
        return event -> Objects.equals(event.name(), name) || Objects.equals(event.toName(), name);
    }

    /** Waits for the listing of a directory; others stay for later. */
    ListingResult listing(String directory) throws InterruptedException {
        List<ListingResult> others = new ArrayList<>();
        while (true) {
            ListingResult result = Objects.requireNonNull(listings.poll(20, TimeUnit.SECONDS), "no listing");
            if (Path.of(result.task().path().toString()).equals(at(directory))) {
                listings.addAll(others);
                return result;
            }
            others.add(result);
        }
    }

    void hear(List<Event> heard) throws Exception {
        inbox.events(heard);
        capture.step();
    }

    void deliver(ListingResult listing) throws Exception {
        inbox.put(listing);
        capture.step();
    }

    /** The kernel has dropped events. */
    void overflow() throws Exception {
        inbox.overflow();
        capture.step();
    }

    /** Does what is due now. */
    void step() throws Exception {
        capture.step();
    }

    CompletableFuture<BarrierResult> barrier() throws Exception {
        CompletableFuture<BarrierResult> barrier = new CompletableFuture<>();
        capture.barrier(barrier);
        return barrier;
    }

    /** Hands over all there is until nothing more comes of it. */
    void settle() throws Exception {
        capture.step();
        CompletableFuture<BarrierResult> barrier = barrier();
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!barrier.isDone() || capture.scanning() || capture.pending() > 0 || !events.isEmpty()) {
            assertThat(System.nanoTime()).as("settled in time").isLessThan(deadline);
            List<Event> heard = new ArrayList<>();
            events.drainTo(heard);
            if (!heard.isEmpty()) {
                inbox.events(heard);
            }
            ListingResult result = listings.poll(1, TimeUnit.MILLISECONDS);
            if (result != null) {
                inbox.put(result);
            }
            capture.step();
        }
    }

    /** The row of a path. */
    Entry row(String name) throws Exception {
        long at = capture.root().id();
        Entry row = capture.root();
        for (Path component : Path.of(name)) {
            row = Objects.requireNonNull(store.byName(at, Name.of(component.toString())), name);
            at = row.id();
        }
        return row;
    }

    List<String> rows() throws Exception {
        List<String> paths = new ArrayList<>();
        List<Entry> left = new ArrayList<>(store.roots());
        while (!left.isEmpty()) {
            Entry entry = left.removeLast();
            if (entry.parent() != 0) {
                paths.add(root.relativize(Path.of(String.valueOf(store.path(entry.id()))))
                        .toString());
            }
            store.children(entry.id(), left::add);
        }
        return paths.stream().sorted().toList();
    }
}
