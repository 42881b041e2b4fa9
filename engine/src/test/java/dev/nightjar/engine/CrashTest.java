package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.TestMachine;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Call;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C14: the power is cut before every single change to the storage, and after the last. Catalog, caches and repository are
 * kept as they were then; each such copy must hold everything that was announced, and must be gone on from.
 */
@SuppressWarnings("NullAway.Init")
class CrashTest {
    /** Every so many cuts, restic is asked too. */
    private static final int SAMPLE = 4;

    @TempDir
    Path base;

    private final TestMachine machine = new TestMachine();
    private final List<Cut> cuts = new ArrayList<>();
    private final Map<Id, Map<String, Id>> announced = new LinkedHashMap<>();
    private final List<@Nullable Id> ledgers = new ArrayList<>();
    private House house;
    private boolean cutting;
    private int asked;

    private record Cut(Path place, String before) {}

    @BeforeEach
    void build() throws IOException {
        house = new House(Files.createDirectory(base.resolve("live")));
        house.machine(machine);
        house.storage(this::watched);
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    private Storage watched(Storage local) {
        FaultyStorage storage = new FaultyStorage(local);
        storage.plan(StorageException.Kind.OTHER, call -> {
            if (cutting && (call.op() == Op.WRITE || call.op() == Op.DELETE)) {
                cut(call.toString());
            }
            if (call.is(Op.WRITE, FileKind.DATA)) {
                // So that every pack gets an index file of its own.
                machine.pass(TimeUnit.MINUTES.toNanos(6));
            }
            return Fate.WELL;
        });
        return storage;
    }

    private void cut(String before) {
        Path place = base.resolve("cut" + cuts.size());
        try {
            Files.createDirectory(place);
            run("cp", "-al", house.repository.toString(), place.toString());
            for (String kept : List.of("state", "cache")) {
                run("cp", "-a", house.repository.resolveSibling(kept).toString(), place.toString());
            }
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
        cuts.add(new Cut(place, before));
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /** Commits, cutting all the way; then goes on from each cut. */
    private void commit() throws Exception {
        cutting = true;
        CommitReport.Committed done = house.commit();
        Id snapshot = done.snapshot();
        cut("nothing more");
        cutting = false;
        assertThat(cuts).as("lock, pack, index, snapshot, lock, and after").hasSizeGreaterThan(5);
        for (Cut cut : cuts) {
            goOn(cut, done.work().filesRead());
            run("rm", "-rf", cut.place.toString());
        }
        cuts.clear();
        announced.put(snapshot, house.files());
    }

    private void goOn(Cut cut, long uncut) throws Exception {
        // A file that was being written.
        Files.write(cut.place.resolve("repository/index/" + "a".repeat(64) + "-tmp-17"), new byte[100]);
        TestMachine restarted = new TestMachine();
        restarted.reboot();
        try (House after = new House(cut.place, house.source)) {
            after.machine(restarted);
            isWhole(after, cut, announced);
            if (asked++ % SAMPLE == 0) {
                after.restic().run("check", "--no-lock", "--read-data");
            }
            List<String> read = Collections.synchronizedList(new ArrayList<>());
            after.readings(source -> {
                read.add(((FileReading) source).line().entry().name().toString());
                return source;
            });
            CommitReport report = after.backup();
            assertThat(report.work().filesRead())
                    .as("%s: read again %s", cut.before, read)
                    .isLessThanOrEqualTo(uncut);
            Map<Id, Map<String, Id>> all = new LinkedHashMap<>(announced);
            all.put(House.snapshot(report), house.files());
            isWhole(after, cut, all);
            try (var locks = Files.list(cut.place.resolve("repository/locks"))) {
                assertThat(locks).as(cut.before).isEmpty();
            }
        }
    }

    private static void isWhole(House at, Cut cut, Map<Id, Map<String, Id>> snapshots) throws Exception {
        try (Repository open = at.open()) {
            CheckReport check = new Checker(open).check(true, (stage, done, total) -> {});
            assertThat(check.errors()).as(cut.before).isEmpty();
            List<Snapshot> listed = open.snapshots();
            for (var snapshot : snapshots.entrySet()) {
                assertThat(listed).as(cut.before).extracting(Snapshot::id).contains(snapshot.getKey());
                assertThat(at.files(open, snapshot.getKey())).as(cut.before).isEqualTo(snapshot.getValue());
            }
        }
    }

    @Test
    @Tag("restic")
    void everyCutCanBeGoneOnFrom() throws Exception {
        Random random = new Random(4);
        for (int i = 0; i < 20; i++) {
            byte[] content = new byte[1 << 20];
            random.nextBytes(content);
            house.write("d" + i % 3 + "/small" + i, "small " + i);
            Files.write(house.source.resolve("d" + i % 3 + "/f" + i), content);
        }
        commit();
        try (var indexes = Files.list(house.repository.resolve("index"))) {
            assertThat(indexes.count()).as("index files of the first backup").isGreaterThan(1);
        }

        house.write("d1/small1", "changed");
        house.write("new/one", "new");
        commit();

        Files.delete(house.source.resolve("d1/f1"));
        house.write("d2/small2", "changed too");
        commit();

        house.restic().run("forget", "--prune", "--keep-last", "1", "--group-by", "host");
        Id kept = List.copyOf(announced.keySet()).getLast();
        announced.keySet().retainAll(Set.of(kept));
        house.write("d0/small0", "after a prune");
        commit();

        house.restic().run("forget", "--prune", kept.hex());
        announced.clear();
        house.write("d0/small0", "after a prune of all");
        commit();
    }

    /** Packs, index, snapshot, and only then the ledger. */
    @Test
    void theLedgerMovesLast() throws Exception {
        List<String> order = new ArrayList<>();
        house.storage(local -> {
            FaultyStorage storage = new FaultyStorage(local);
            storage.plan(StorageException.Kind.OTHER, call -> {
                if (call.op() == Op.WRITE || call.op() == Op.DELETE) {
                    order.add(call.op() + " " + call.kind());
                    ledgers.add(ledger(call));
                }
                return Fate.WELL;
            });
            return storage;
        });
        house.write("a/one", "1");
        Id first = house.commit().snapshot();
        order.clear();
        ledgers.clear();
        house.write("a/one", "2");
        Id second = house.commit().snapshot();
        assertThat(order)
                .containsExactly(
                        "WRITE LOCK", "WRITE DATA", "WRITE DATA", "WRITE INDEX", "WRITE SNAPSHOT", "DELETE LOCK");
        assertThat(ledgers).containsExactly(first, first, first, first, first, second);
    }

    private @Nullable Id ledger(Call call) {
        try {
            return house.feed()
                    .read(reader -> LedgerHeader.read(reader.connection()))
                    .snapshot();
        } catch (IOException e) {
            throw new IllegalStateException(call.toString(), e);
        }
    }
}
