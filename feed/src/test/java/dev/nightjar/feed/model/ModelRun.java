package dev.nightjar.feed.model;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.TestFeeds;
import dev.nightjar.feed.Timing;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/** One seed: sessions of a feed with restarts between them, while mutators work on the same tree. */
final class ModelRun {
    private static final List<Timing> TIMINGS = List.of(
            new Timing(Duration.ofMillis(5), Duration.ofMillis(30), Duration.ofMillis(1)),
            new Timing(Duration.ofMillis(30), Duration.ofMillis(200), Duration.ofMillis(10)),
            Timing.DEFAULT);
    private static final int SESSIONS = 2;
    static final int PATIENCE = 10;
    private static final Path QUEUE_LIMIT = Path.of("/proc/sys/fs/inotify/max_queued_events");
    private static final int EVENTS_OF_A_FLOODING_NAME = 3;

    private final Combination combination;
    private final Mutators mutators;
    private final Exercised exercised;
    private final long seed;
    private final RandomGenerator random;
    private final BytePath place;
    private final BytePath root;
    private final Path state;
    private final Mirror mirror = new Mirror();

    ModelRun(Combination combination, Mutators mutators, Exercised exercised, long seed, Path directory, Path state)
            throws IOException {
        this.combination = combination;
        this.mutators = mutators;
        this.exercised = exercised;
        this.seed = seed;
        this.random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        Files.createDirectories(directory.resolve("sel"));
        Files.createDirectories(directory.resolve("out"));
        Files.createDirectories(state);
        // Otherwise a root that chance has emptied stops the feed with a question (C17).
        Files.createFile(directory.resolve("sel").resolve(Names.ANCHOR.toString()));
        this.place = BytePath.of(directory.toRealPath().toString());
        this.root = place.resolve(Name.of("sel"));
        this.state = state;
    }

    /** Runs it all; an {@link AssertionError} says what was wrong. */
    void run() throws IOException, InterruptedException {
        mutators.forget();
        mutate(40);
        for (int session = 0; session < SESSIONS; session++) {
            switch ((int) ((seed * SESSIONS + session) % 7)) {
                case 0 -> killedSession();
                case 1 -> stoppedSession("stopped before session " + session);
                default -> {} // straight on
            }
            session(session);
            mutate(random.nextInt(40));
        }
        for (String kind : List.of("Created", "Modified", "Moved", "Deleted", "LeftOut", "Unknown")) {
            count("told " + kind, mirror.told().getOrDefault(kind, 0));
        }
    }

    private void count(String what, int times) {
        exercised.count(combination.name(), what, times);
    }

    private void mutate(int operations) throws IOException {
        begin(operations);
        await();
    }

    private void begin(int operations) throws IOException {
        boolean crowded = random.nextInt(3) == 0;
        mutators.begin(random, crowded ? Mutators.CROWD : 1, operations, combination.watchesDirectories(), place);
        count(crowded ? "programs of four at once" : "programs of one", 1);
    }

    private void await() throws IOException {
        mutators.await().forEach((operation, times) -> count(operation.name(), times));
    }

    private void killedSession() throws IOException {
        try (FeedProcess _ = FeedProcess.start(combination.watcher(), state, root)) {
            begin(80);
            LockSupport.parkNanos(random.nextInt(150_000_000)); // at any time, that is the point
        }
        await();
        count("sessions killed", 1);
    }

    /** Nobody reads the queue: inotify's runs over, fanotify's has no limit. */
    private void stoppedSession(String when) throws IOException, InterruptedException {
        try (FeedProcess feed = FeedProcess.start(combination.watcher(), state, root)) {
            feed.settle();
            feed.stop();
            mutate(30);
            mutators.flood(queueLimit() / EVENTS_OF_A_FLOODING_NAME + 100, place);
            mutate(60);
            feed.goOn();
            int overflows = feed.overflows();
            if (combination.watchesDirectories()) {
                count("overflows of the stopped", overflows);
            }
            try (ChangeFeed beside = ChangeFeed.openReadOnly(state)) {
                compare(beside, when, List.of());
            }
        }
        count("sessions stopped", 1);
    }

    private static int queueLimit() throws IOException {
        try (InputStream limit = Files.newInputStream(QUEUE_LIMIT)) {
            byte[] bytes = new byte[32]; // enough for all of it: such a file can be read only once
            return Integer.parseInt(new String(bytes, 0, limit.read(bytes), StandardCharsets.US_ASCII).strip());
        }
    }

    private void session(int session) throws IOException, InterruptedException {
        boolean tiny = random.nextInt(4) == 0;
        FeedOptions options = new FeedOptions(
                state,
                List.of(root),
                Names.selection(),
                List.of(),
                combination.watcher(),
                TIMINGS.get(random.nextInt(TIMINGS.size())),
                InstantSource.system());
        try (ChangeFeed feed = tiny ? TestFeeds.withTinyQueues(options) : ChangeFeed.open(options)) {
            String name = "session " + session + (tiny ? " with tiny queues" : "");
            boolean busyStart = random.nextBoolean();
            if (busyStart) {
                begin(60);
            }
            feed.start();
            if (random.nextBoolean()) {
                follow(feed, name);
            }
            if (busyStart) {
                await();
                settle(feed, name + ", changed while it started");
            }
            int rounds = 1 + random.nextInt(2);
            for (int round = 0; round < rounds; round++) {
                begin(100);
                if (random.nextBoolean()) {
                    follow(feed, name); // in the middle of it all
                }
                await();
                settle(feed, name + ", round " + round);
            }
            count("sessions", 1);
            count("events read", (int) feed.counters().eventsRead());
            if (tiny) {
                count("overflows of tiny queues", (int) feed.counters().overflows());
            }
        }
    }

    private void follow(ChangeFeed feed, String when) throws IOException {
        List<String> wrong = mirror.follow(feed, 1 + random.nextInt(40));
        if (!wrong.isEmpty()) {
            throw failure(when + ", told in the middle", wrong);
        }
    }

    private void settle(ChangeFeed feed, String when) throws IOException, InterruptedException {
        BarrierResult barrier = feed.barrier();
        for (int i = 0; i < PATIENCE && !barrier.complete(); i++) {
            count("healed after a barrier", 1);
            feed.awaitHealed();
            barrier = feed.barrier(); // a name that was looked at again may have begun another gap
        }
        compare(feed, when, barrier.complete() ? List.of() : List.of("gaps after healing: " + barrier.gaps()));
    }

    private void compare(ChangeFeed feed, String when, List<String> known) throws IOException {
        List<String> wrong = new ArrayList<>(known);
        Set<Long> unseen = combination.watchesDirectories() ? mutators.linked() : Set.of();
        Map<BytePath, Row> catalog = Walk.ofCatalog(feed);
        wrong.addAll(Walk.differences(Walk.ofDisk(root), catalog, unseen));
        if (wrong.isEmpty()) {
            wrong.addAll(mirror.follow(feed, 1 + random.nextInt(200)));
            wrong.addAll(mirror.differences(catalog));
        }
        count("rows compared", catalog.size());
        if (!wrong.isEmpty()) {
            throw failure(when, wrong);
        }
    }

    private AssertionError failure(String when, List<String> wrong) {
        return new AssertionError("%s, seed %d, %s: %d wrong\n%s"
                .formatted(
                        combination.name(),
                        seed,
                        when,
                        wrong.size(),
                        String.join("\n", wrong.subList(0, Math.min(12, wrong.size())))));
    }
}
