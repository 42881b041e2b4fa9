package dev.nightjar.feed.model;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.io.IOException;
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

/** One seed: sessions of a feed with restarts between them, while a mutator works on the same tree. */
final class ModelRun {
    private static final List<Timing> TIMINGS = List.of(
            new Timing(Duration.ofMillis(5), Duration.ofMillis(30), Duration.ofMillis(1)),
            new Timing(Duration.ofMillis(30), Duration.ofMillis(200), Duration.ofMillis(10)),
            Timing.DEFAULT);

    private final String combination;
    private final WatcherChoice watcher;
    private final MutatorProcess mutator;
    private final Exercised exercised;
    private final long seed;
    private final RandomGenerator random;
    private final BytePath place;
    private final BytePath root;
    private final Path state;
    private final Follower follower = new Follower();

    ModelRun(
            String combination,
            WatcherChoice watcher,
            MutatorProcess mutator,
            Exercised exercised,
            long seed,
            Path directory,
            Path state)
            throws IOException {
        this.combination = combination;
        this.watcher = watcher;
        this.mutator = mutator;
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
        mutate(40);
        int sessions = 2;
        for (int session = 0; session < sessions; session++) {
            if ((seed + session) % 3 == 0) {
                killedSession();
            }
            session(session);
            mutate(random.nextInt(60));
        }
    }

    private void mutate(int operations) throws IOException {
        begin(operations);
        await();
    }

    private void begin(int operations) throws IOException {
        mutator.begin(random.nextLong(), operations, watcher == WatcherChoice.INOTIFY, place);
    }

    private void await() throws IOException {
        mutator.await().forEach((operation, count) -> exercised.count(combination, operation.name(), count));
    }

    private void killedSession() throws IOException {
        try (FeedProcess _ = FeedProcess.start(watcher, state, root)) {
            mutate(60 + random.nextInt(60));
            begin(60);
            LockSupport.parkNanos(random.nextInt(100_000_000));
        }
        await();
        exercised.count(combination, "sessions killed", 1);
    }

    private void session(int session) throws IOException, InterruptedException {
        FeedOptions options = new FeedOptions(
                state,
                List.of(root),
                Names.selection(),
                List.of(),
                watcher,
                TIMINGS.get(random.nextInt(TIMINGS.size())),
                InstantSource.system());
        try (ChangeFeed feed = ChangeFeed.open(options)) {
            boolean busyStart = random.nextBoolean();
            if (busyStart) {
                begin(80);
            }
            feed.start();
            if (random.nextBoolean()) {
                follower.follow(feed, 1 + random.nextInt(40));
            }
            if (busyStart) {
                await();
                settle(feed, "session " + session + ", changed while it started");
            }
            for (int round = 0; round < 2; round++) {
                begin(150);
                if (random.nextBoolean()) {
                    // A reader in the middle of it all.
                    follower.follow(feed, 1 + random.nextInt(40));
                }
                await();
                settle(feed, "session " + session + ", round " + round);
            }
            exercised.count(combination, "sessions", 1);
            exercised.count(combination, "events read", (int) feed.counters().eventsRead());
        }
    }

    private void settle(ChangeFeed feed, String when) throws IOException, InterruptedException {
        BarrierResult barrier = feed.barrier();
        if (!barrier.complete()) {
            exercised.count(combination, "healed after a barrier", 1);
            feed.awaitHealed();
            barrier = feed.barrier();
        }
        List<String> wrong = new ArrayList<>();
        if (!barrier.complete()) {
            wrong.add("gaps after healing: " + barrier.gaps());
        }
        Set<Long> unseen = watcher == WatcherChoice.INOTIFY ? mutator.linked() : Set.of();
        Map<BytePath, Row> catalog = Walk.ofCatalog(feed);
        wrong.addAll(Walk.differences(Walk.ofDisk(root), catalog, unseen));
        if (wrong.isEmpty()) {
            follower.follow(feed, 1 + random.nextInt(200));
            wrong.addAll(follower.differences(catalog));
        }
        exercised.count(combination, "rows compared", catalog.size());
        if (!wrong.isEmpty()) {
            throw new AssertionError("%s, seed %d, %s: %d wrong\n%s"
                    .formatted(
                            combination,
                            seed,
                            when,
                            wrong.size(),
                            String.join("\n", wrong.subList(0, Math.min(12, wrong.size())))));
        }
    }

    /** What the reader of changes was told, into the table. */
    void countTold() {
        for (String kind : List.of("Created", "Modified", "Moved", "Deleted", "LeftOut")) {
            exercised.count(combination, "told " + kind, follower.told().getOrDefault(kind, 0));
        }
    }
}
