package dev.nightjar.feed.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FilesystemInfo;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * C1 to C8: whatever a seeded program does while the feed watches, starts and restarts, the catalog then equals a walk, and
 * a reader of changes has an equal copy of the names. {@code -Dnightjar.seeds=N} is how many programs in all,
 * {@code -Dnightjar.seed=N} the first of them.
 */
final class ModelTest {
    private static final int COMBINATIONS = 4;
    private static final long FIRST = Long.getLong("nightjar.seed", 1);
    private static final int SEEDS = Math.max(1, Integer.getInteger("nightjar.seeds", 16) / COMBINATIONS);
    private static final Exercised EXERCISED = new Exercised();

    @Test
    void inotifyOnExt4() throws Exception {
        run("ext4/inotify", WatcherChoice.INOTIFY, Path.of("target"), FilesystemInfo.EXT4);
    }

    @Test
    void inotifyOnTmpfs() throws Exception {
        run("tmpfs/inotify", WatcherChoice.INOTIFY, Path.of("/dev/shm"), FilesystemInfo.TMPFS);
    }

    @Test
    @Tag("root")
    void fanotifyOnExt4() throws Exception {
        run("ext4/fanotify", WatcherChoice.FANOTIFY, Path.of("target"), FilesystemInfo.EXT4);
    }

    @Test
    @Tag("root")
    void fanotifyOnTmpfs() throws Exception {
        run("tmpfs/fanotify", WatcherChoice.FANOTIFY, Path.of("/dev/shm"), FilesystemInfo.TMPFS);
    }

    @AfterAll
    static void everythingWasExercised() {
        System.out.println(EXERCISED.table());
        assertThat(EXERCISED.zeros()).as("never exercised").isEmpty();
    }

    private static void run(String combination, WatcherChoice watcher, Path on, long filesystem) throws Exception {
        for (Operation operation : Operation.values()) {
            if (watcher == WatcherChoice.FANOTIFY || !operation.needsFanotify()) {
                EXERCISED.count(combination, operation.name(), 0);
            }
        }
        Path top = Files.createTempDirectory(on.toAbsolutePath(), "nightjar-model");
        List<String> failures = new ArrayList<>();
        try (MutatorProcess mutator = new MutatorProcess()) {
            try (Directory directory = Directory.open(BytePath.of(top.toString()))) {
                assertThat(directory.filesystem().type()).as(combination).isEqualTo(filesystem);
            }
            for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
                System.out.println("model test: " + combination + ", seed " + seed);
                Path place = Files.createDirectory(top.resolve("seed" + seed));
                Path state = Files.createDirectory(top.resolve("state" + seed));
                ModelRun run = new ModelRun(combination, watcher, mutator, EXERCISED, seed, place, state);
                try {
                    run.run();
                } catch (AssertionError e) {
                    failures.add(e.getMessage());
                }
                run.countTold();
                delete(place);
            }
        } finally {
            delete(top);
        }
        assertThat(failures).isEmpty();
    }

    private static void delete(Path tree) throws Exception {
        Process remove =
                new ProcessBuilder("rm", "-rf", tree.toString()).inheritIO().start();
        assertThat(remove.waitFor()).isZero();
    }
}
