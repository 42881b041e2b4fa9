package dev.nightjar.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.TestMount;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FilesystemInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * C1 to C8: whatever seeded programs do while the feed watches, starts, is stopped, killed and restarted, the catalog then
 * equals a walk, and a reader of changes has an equal copy. {@code -Dnightjar.seeds=N} is how many programs in all,
 * {@code -Dnightjar.seed=N} the first of them. Several combinations run at once: they wait more than they work.
 */
@Execution(ExecutionMode.CONCURRENT)
final class ModelTest {
    private static final int COMBINATIONS = 8;
    private static final long FIRST = Long.getLong("nightjar.seed", 1);
    private static final int SEEDS = Math.max(1, Integer.getInteger("nightjar.seeds", 200) / COMBINATIONS);
    private static final Path DISK = Path.of("target").toAbsolutePath();
    private static final Path MEMORY = Path.of("/dev/shm");
    private static final Map<String, Long> TYPES = Map.of(
            "ext4", FilesystemInfo.EXT4,
            "tmpfs", FilesystemInfo.TMPFS,
            "xfs", FilesystemInfo.XFS,
            "btrfs", FilesystemInfo.BTRFS);
    private static final Exercised EXERCISED = new Exercised();

    @Test
    void inotifyOnExt4() throws Exception {
        run(new Combination("ext4", WatcherChoice.INOTIFY), DISK);
    }

    @Test
    void inotifyOnTmpfs() throws Exception {
        run(new Combination("tmpfs", WatcherChoice.INOTIFY), MEMORY);
    }

    @Test
    @Tag("root")
    void inotifyOnXfs() throws Exception {
        runMounted(new Combination("xfs", WatcherChoice.INOTIFY));
    }

    @Test
    @Tag("root")
    void inotifyOnBtrfs() throws Exception {
        runMounted(new Combination("btrfs", WatcherChoice.INOTIFY));
    }

    @Test
    @Tag("root")
    void fanotifyOnExt4() throws Exception {
        runMounted(new Combination("ext4", WatcherChoice.FANOTIFY));
    }

    @Test
    @Tag("root")
    void fanotifyOnTmpfs() throws Exception {
        runMounted(new Combination("tmpfs", WatcherChoice.FANOTIFY));
    }

    @Test
    @Tag("root")
    void fanotifyOnXfs() throws Exception {
        runMounted(new Combination("xfs", WatcherChoice.FANOTIFY));
    }

    @Test
    @Tag("root")
    void fanotifyOnBtrfs() throws Exception {
        runMounted(new Combination("btrfs", WatcherChoice.FANOTIFY));
    }

    @AfterAll
    static void everythingWasExercised() {
        System.out.println(EXERCISED.table());
        assertThat(EXERCISED.zeros()).as("never exercised").isEmpty();
    }

    /** On a filesystem of its own: what others do to one that fanotify watches would keep tiny queues running over. */
    private static void runMounted(Combination combination) throws Exception {
        String type = combination.filesystem();
        if (!TestMount.isKnown(type)) {
            System.out.println(type + ": this kernel cannot mount it");
            return;
        }
        try (TestMount mount = type.equals("tmpfs") ? TestMount.ofMemory(DISK) : TestMount.ofFile(type, DISK)) {
            run(combination, mount.path());
        }
    }

    private static void run(Combination combination, Path on) throws Exception {
        for (Operation operation : Operation.values()) {
            if (!combination.watchesDirectories() || !operation.needsFanotify()) {
                EXERCISED.count(combination.name(), operation.name(), 0);
            }
        }
        Path top = Files.createTempDirectory(on, "nightjar-model");
        Path states = Files.createTempDirectory(MEMORY, "nightjar-model"); // no power is cut here
        List<String> failures = new ArrayList<>();
        try (Mutators mutators = new Mutators()) {
            try (Directory directory = Directory.open(BytePath.of(top.toString()))) {
                assertThat(directory.filesystem().type())
                        .as(combination.name())
                        .isEqualTo(TYPES.get(combination.filesystem()));
            }
            for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
                System.out.println("model test: " + combination.name() + ", seed " + seed);
                Path place = Files.createDirectory(top.resolve("seed" + seed));
                Path state = Files.createDirectory(states.resolve("seed" + seed));
                try {
                    new ModelRun(combination, mutators, EXERCISED, seed, place, state).run();
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                    mutators.await(); // found in the middle of it
                }
                Trees.remove(place);
                Trees.remove(state);
            }
        } finally {
            Trees.remove(top);
            Trees.remove(states);
        }
        assertThat(failures).isEmpty();
    }
}
