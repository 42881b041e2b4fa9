package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.check.Checker;
import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchService;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C14 in earnest: a process that commits is killed at random, again and again; then restic accepts the repository, and every
 * snapshot that was announced is what the source was. {@code -Dnightjar.seeds=N} for N kills.
 */
@Tag("restic")
class KillTest {
    private static final int KILLS = Integer.getInteger("nightjar.seeds", 8);
    private static final long SEED = Long.getLong("nightjar.seed", System.nanoTime());

    @TempDir
    Path base;

    @Test
    void whateverIsKilledCanBeGoneOnFrom() throws Exception {
        System.out.println("kill test: seed " + SEED);
        Random random = new Random(SEED);
        Map<Id, Map<String, Id>> announced = new LinkedHashMap<>();
        int killed = 0;
        try (House house = new House(base)) {
            for (int i = 0; i < 40; i++) {
                house.write("d" + i % 5 + "/f" + i, random, 700_000);
            }
            house.open().close();
            for (int round = 0; killed < KILLS; round++) {
                try (BackupProcess backup = BackupProcess.start(base)) {
                    awaitLock(house.repository.resolve("locks"));
                    LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(400_000)));
                    backup.kill(round % 3 != 2);
                    Id snapshot = backup.await();
                    if (snapshot == null) {
                        killed++;
                    } else {
                        announced.put(snapshot, house.files());
                        house.write("d" + round % 5 + "/f" + round % 40, random, 700_000);
                        house.write("small" + round % 7, random, 10);
                    }
                }
            }
            Id last = House.snapshot(house.backup());
            announced.put(last, house.files());
            house.restic().check();
            try (Repository open = house.open()) {
                assertThat(new Checker(open)
                                .check(false, (stage, done, total) -> {})
                                .errors())
                        .isEmpty();
                for (var snapshot : announced.entrySet()) {
                    assertThat(house.files(open, snapshot.getKey())).isEqualTo(snapshot.getValue());
                }
            }
        }
    }

    /** Until the process begins to write. */
    private static void awaitLock(Path locks) throws IOException, InterruptedException {
        try (WatchService watch = locks.getFileSystem().newWatchService()) {
            locks.register(watch, StandardWatchEventKinds.ENTRY_CREATE);
            assertThat(watch.poll(60, TimeUnit.SECONDS)).as("a lock").isNotNull();
        }
    }
}
