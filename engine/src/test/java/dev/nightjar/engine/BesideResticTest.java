package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockedException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C14b: restic's own commands between our commits and during them. */
@Tag("restic")
@SuppressWarnings("NullAway.Init")
class BesideResticTest {
    /** How long the loops run: {@code -Dnightjar.seconds=600} for longer. */
    private static final Duration LOOPS = Duration.ofSeconds(Integer.getInteger("nightjar.seconds", 60));

    @TempDir
    Path base;

    private final Random random = new Random(6);
    private House house;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
        for (int i = 0; i < 30; i++) {
            house.write("d" + i % 3 + "/f" + i, random, 200_000);
        }
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    private void isAllThere(Map<Id, Map<String, Id>> announced) throws Exception {
        house.restic().check();
        try (Repository open = house.open()) {
            open.loadIndex();
            for (Snapshot listed : open.snapshots()) {
                Map<String, Id> files = announced.get(Objects.requireNonNull(listed.id()));
                if (files != null) {
                    assertThat(house.files(open, Objects.requireNonNull(listed.id())))
                            .isEqualTo(files);
                }
            }
        }
    }

    /** Packs that are partly unused stay, and the next commit takes from them what it needs. */
    @Test
    void partialPrunes() throws Exception {
        Id first = house.commit().snapshot();
        for (int round = 0; round < 3; round++) {
            Path gone = house.source.resolve("d0/f" + 3 * round);
            byte[] content = Files.readAllBytes(gone);
            Files.delete(gone);
            Id without = house.commit().snapshot();
            house.restic().run("forget", first.hex());
            house.restic().run("prune", round == 1 ? "--max-unused=0" : "--max-repack-size=0");
            Files.write(gone, content);
            first = house.commit().snapshot();
            isAllThere(Map.of(first, house.files()));
            house.restic().run("forget", without.hex());
        }
    }

    /** Nothing but locks is ever removed. */
    @Test
    void aRepositoryThatOnlyGrows() throws Exception {
        Queue<FileKind> removed = new ConcurrentLinkedQueue<>();
        house.storage(local -> {
            FaultyStorage storage = new FaultyStorage(local);
            storage.plan(StorageException.Kind.DENIED, call -> {
                if (call.op() != Op.DELETE || call.kind() == FileKind.LOCK) {
                    return Fate.WELL;
                }
                removed.add(Objects.requireNonNull(call.kind()));
                return Fate.REFUSED;
            });
            return storage;
        });
        Id first = house.commit().snapshot();
        Map<String, Id> then = house.files();
        house.restart();
        Files.delete(house.source.resolve("d0/f0"));
        house.write("d1/f1", "changed");
        Id second = house.commit().snapshot();
        assertThat(removed).isEmpty();
        isAllThere(Map.of(first, then, second, house.files()));
        assertThat(house.snapshots()).isEqualTo(2);
    }

    /** One restic saves something else, another forgets and prunes, while files change and the job watches. */
    @Test
    void loopsOfResticBesideAJobThatWatches() throws Exception {
        Map<Id, Map<String, Id>> announced = new ConcurrentHashMap<>();
        Path theirs = house.scratch("theirs");
        Files.write(theirs.resolve("file"), new byte[] {1});
        house.open().close();
        Restic restic = house.restic();
        AtomicInteger backups = new AtomicInteger();
        AtomicInteger prunes = new AtomicInteger();
        Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
        long end = System.nanoTime() + LOOPS.toNanos();
        house.feed().start();
        BackupJob job = house.job(Duration.ofMillis(300));
        List<Thread> threads = List.of(
                loop(failures, Long.MAX_VALUE, job::run),
                loop(failures, end, () -> {
                    Files.writeString(theirs.resolve("file"), "round " + backups);
                    if (restic.succeeds("backup", "--host", "theirs", theirs.toString())) {
                        backups.incrementAndGet();
                    }
                }),
                loop(failures, end, () -> {
                    String[] command = {
                        "forget", "--prune", "--keep-last", "2", "--max-unused", "0", "--group-by", "host"
                    };
                    if (restic.succeeds(command)) {
                        prunes.incrementAndGet();
                    }
                    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(700)));
                }));
        for (int round = 0; System.nanoTime() < end && failures.isEmpty(); round++) {
            house.write("d" + round % 3 + "/f" + round % 30, random, 200_000);
            if (round % 5 == 0) {
                commitNow(job, announced);
            }
        }
        threads.get(1).join();
        threads.get(2).join();
        job.stop(true);
        threads.get(0).join();
        assertThat(failures).isEmpty();
        System.out.println("beside restic: " + announced.size() + " commits announced, " + backups + " backups, "
                + prunes + " prunes");
        assertThat(List.of(announced.size(), backups.get(), prunes.get())).doesNotContain(0);
        commitNow(job, announced);
        isAllThere(announced);
    }

    /** While the files rest: what is then in the snapshot is known. */
    private void commitNow(BackupJob job, Map<Id, Map<String, Id>> announced) throws Exception {
        while (true) {
            try {
                Id snapshot = House.snapshot(job.commitNow());
                announced.put(snapshot, house.files());
                return;
            } catch (LockedException e) {
                // A prune; the files are as they were, so it is said again.
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
            }
        }
    }

    private interface Work {
        void run() throws Exception;
    }

    private static Thread loop(Queue<Throwable> failures, long end, Work work) {
        return Thread.ofPlatform().start(() -> {
            try {
                do {
                    work.run();
                } while (end != Long.MAX_VALUE && System.nanoTime() < end && failures.isEmpty());
            } catch (Throwable e) {
                failures.add(e);
            }
        });
    }
}
