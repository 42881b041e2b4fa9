package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.OwnEvents;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.Readers;
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
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Races, with the order in which the capture hears of events and of listings given by the test. Watched by inotify. */
final class CaptureTest {
    private static final SelectionRules ALL = new SelectionRules(List.of(), List.of(), false, true, false);
    private static final Set<Safeguard> SAFEGUARDS = EnumSet.allOf(Safeguard.class);

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private final BlockingQueue<ListingResult> listings = new LinkedBlockingQueue<>();
    private final Inbox inbox = new Inbox();
    private final Path root;
    private final Watching watching;
    private final CatalogStore store;
    private final Readers readers;
    private final Workers workers;
    private final Capture capture;

    CaptureTest(@TempDir Path top) throws Exception {
        root = Files.createDirectory(top.toRealPath().resolve("root"));
        Files.writeString(root.resolve("keep"), "so that the root is never empty");
        Path state = top.resolve("state");
        InstantSource clock = InstantSource.system();
        FeedOptions options = new FeedOptions(
                state,
                List.of(BytePath.of(root.toString())),
                Selection.of(ALL),
                List.of(),
                WatcherChoice.INOTIFY,
                new Timing(Duration.ZERO, Duration.ZERO, Duration.ZERO),
                clock);
        store = CatalogStore.open(state, clock);
        readers = Readers.of(state);
        watching = new Watching(new Held(), 0, OwnEvents.KEEP);
        watching.enable(WatcherChoice.INOTIFY);
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
                        Set.of(),
                        true,
                        watching,
                        filesystems,
                        SAFEGUARDS,
                        stamps::incrementAndGet,
                        counters,
                        clock),
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
                SAFEGUARDS,
                System::nanoTime,
                workers::add);
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
        public void failed(Watcher watcher, IOException problem) throws InterruptedException {
            inbox.failed(watcher, problem);
        }
    }

    @BeforeEach
    void scanned() throws Exception {
        CompletableFuture<Void> started = new CompletableFuture<>();
        capture.start(started);
        settle();
        assertThat(started).isCompleted();
        events.clear();
    }

    @AfterEach
    void closed() throws Exception {
        inbox.close();
        watching.close();
        workers.close();
        readers.close();
        store.close();
    }

    private Path at(String name) {
        return root.resolve(name);
    }

    private void rename(String from, String to) throws IOException {
        Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    }

    /** Waits for an event about a name, and all before it. */
    private List<Event> eventsUntil(String name) throws InterruptedException {
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

    private ListingResult listing(String directory) throws InterruptedException {
        ListingResult result = Objects.requireNonNull(listings.poll(20, TimeUnit.SECONDS), "no listing");
        assertThat(result.task().path().toString()).isEqualTo(at(directory).toString());
        return result;
    }

    private void hear(List<Event> heard) throws Exception {
        inbox.events(heard);
        capture.step();
    }

    /** Hands over all there is until nothing more comes of it. */
    private void settle() throws Exception {
        capture.step();
        CompletableFuture<dev.nightjar.feed.BarrierResult> barrier = new CompletableFuture<>();
        capture.barrier(barrier);
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!barrier.isDone() || capture.scanning()) {
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

    private List<String> rows() throws Exception {
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

    @Test
    void aListingFromBeforeAMoveDoesNotTakeTheDirectoryBack() throws Exception { // C4
        Files.createDirectories(at("new/moved/below"));
        hear(eventsUntil("new"));
        ListingResult old = listing("new");
        rename("new/moved", "here");
        hear(eventsUntil("here"));
        assertThat(rows()).contains("here");
        inbox.put(old);
        capture.step();
        settle();
        assertThat(rows()).containsExactly("here", "here/below", "keep", "new");
    }

    @Test
    void anIgnoreFileThatCameAndWentIsNoticedBesideAMove() throws Exception { // C4
        Files.createDirectory(at("d"));
        settle();
        Files.writeString(at(".nightjarignore"), "*.txt\n");
        List<Event> ignored = eventsUntil(".nightjarignore");
        rename("d", "e");
        hear(eventsUntil("e")); // forgets which rules were read
        Files.createDirectory(at("a.txt"));
        hear(eventsUntil("a.txt"));
        assertThat(rows()).doesNotContain("a.txt");
        Files.delete(at(".nightjarignore"));
        rename("e", "f");
        ignored.addAll(eventsUntil("f"));
        hear(ignored);
        settle();
        assertThat(rows()).containsExactly("a.txt", "f", "keep");
    }
}
