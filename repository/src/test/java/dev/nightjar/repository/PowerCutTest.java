package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.repair.IndexRepair;
import dev.nightjar.repository.repair.RepairListener;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.LocalStorage;
import dev.nightjar.repository.storage.UncertainDisk;
import dev.nightjar.repository.storage.UncertainDisk.Lie;
import dev.nightjar.repository.storage.UncertainDisk.Survival;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * C14 on a disk that loses and reorders what was not synced: the power is cut after every single call of the storage, and
 * of what was not synced nothing, all or some survives. Then no file is half of what its name says, everything announced is
 * there, and the next commit goes on. {@code -Dnightjar.seeds=N} for more of the random cuts, {@code -Dnightjar.seed=N} for
 * others.
 */
@SuppressWarnings("NullAway.Init")
final class PowerCutTest {
    private static final int RANDOM_CUTS = 2 + Integer.getInteger("nightjar.seeds", 0) / 50;
    private static final long SEED = Long.getLong("nightjar.seed", 1);

    /** Every so many cuts, restic is asked; no divisor of how many there are of each step. */
    private static final int SAMPLE = 19;

    private static final Map<String, byte[]> NEXT = Map.of("a", bytes(1), "next", bytes(9));

    @TempDir
    Path directory;

    private final TestMachine machine = new TestMachine();
    private final Random random = new Random(SEED);
    private final List<Promise> promises = new ArrayList<>();
    private UncertainDisk disk;
    private int made;
    private int used;
    private int cuts;

    /** A snapshot that is there from one step to another, and from a third on is not there any more. */
    private record Promise(int from, int to, int gone, Id snapshot, Map<String, byte[]> files) {
        private boolean isKept(int step, Set<Id> listed) {
            return listed.contains(snapshot) ? step < gone : step < from || step > to;
        }
    }

    /** What is tried on each disk that is left. */
    private interface Trial {
        void run(Path place, int step, String what) throws Exception;
    }

    @BeforeEach
    void makeRoots() throws IOException {
        Files.createDirectory(directory.resolve("live"));
    }

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[3000];
        new Random(seed).nextBytes(bytes);
        return bytes;
    }

    private RepositoryContext context(Path place, Machine on) {
        return TestRepository.context(place, InstantSource.system(), on);
    }

    /** Everything that changes a repository. */
    private void live(Lie lie) throws Exception {
        disk = new UncertainDisk(directory.resolve("live"), lie);
        LocalStorage storage = disk.storage();
        RepositoryContext context = context(directory.resolve("machine"), machine);
        TestRepository.init(storage, context).close();
        made = disk.steps();
        disk.removeEmptyShards();
        used = disk.steps();
        try (Repository repository = Repository.open(storage, TestRepository.PASSWORD, context)) {
            Promise first = announce(repository, Map.of("a", bytes(1), "b", bytes(2)));
            announce(repository, Map.of("a", bytes(1), "c", bytes(3)));
            try (Rewriting rewriting = Rewriting.begin(repository)) {
                IndexRepair repair = new IndexRepair(repository, RepairListener.NONE);
                repair.apply(repair.plan(true, Set.of()), rewriting);
                int before = disk.steps();
                rewriting.remove(FileKind.SNAPSHOT, first.snapshot);
                promises.set(0, new Promise(first.from, before, disk.steps(), first.snapshot, first.files));
            }
            announce(repository, Map.of("a", bytes(1), "d", bytes(4)));
        }
    }

    private Promise announce(Repository repository, Map<String, byte[]> files) throws Exception {
        Id snapshot = TestRepository.commit(repository, files);
        Promise promise = new Promise(disk.steps(), Integer.MAX_VALUE, Integer.MAX_VALUE, snapshot, files);
        promises.add(promise);
        return promise;
    }

    /** Cuts after each step from one on, and tries what is left. */
    private void everyCut(int from, Trial trial) throws Exception {
        for (int step = from; step <= disk.steps(); step++) {
            for (Survival survival : EnumSet.of(Survival.NOTHING, Survival.NAMES)) {
                cut(step, survival, trial);
            }
            for (int i = 0; i < RANDOM_CUTS; i++) {
                cut(step, Survival.SOME, trial);
            }
        }
    }

    private void cut(int step, Survival survival, Trial trial) throws Exception {
        Path place = Files.createDirectory(directory.resolve("cut" + cuts++));
        disk.cut(step, survival, random, place);
        trial.run(
                place, step, "seed " + SEED + ", cut " + (cuts - 1) + " after step " + step + ", survived " + survival);
        delete(place);
    }

    private static void delete(Path place) throws IOException {
        try (Stream<Path> all = Files.walk(place)) {
            for (Path path : all.toList().reversed()) {
                Files.delete(path);
            }
        }
    }

    private void goOn(Path place, int step, String what) throws Exception {
        namesTellTheContent(place, what);
        TestMachine restarted = new TestMachine();
        restarted.reboot();
        // The machine's own disk lost nothing: its index knows of files that are not there.
        Path own = place.resolve("machine");
        copy(directory.resolve("machine"), own);
        try (Repository repository =
                Repository.open(UncertainDisk.storageAt(place), TestRepository.PASSWORD, context(own, restarted))) {
            keeps(repository, step, what);
            TestRepository.commit(repository, NEXT);
            keeps(repository, step, what);
            assertThat(repository.list(FileKind.LOCK)).as(what).isEmpty();
        }
    }

    @Test
    void everyCutOfARepositoryInUseCanBeGoneOnFrom() throws Exception {
        live(Lie.NONE);
        everyCut(used, this::goOn);
    }

    /** Before it is made, there is none; it is made again, or what was begun is told. */
    @Test
    void aRepositoryIsMadeOrNot() throws Exception {
        live(Lie.NONE);
        // In between are the shards, 256 steps alike.
        for (int step = 0; step <= made; step += step == 4 ? made - 16 : 1) {
            cut(step, Survival.NOTHING, this::isMadeOrNot);
            cut(step, Survival.SOME, this::isMadeOrNot);
        }
    }

    private void isMadeOrNot(Path place, int step, String what) throws Exception {
        RepositoryContext context = context(place.resolve("own"), machine);
        if (Files.exists(UncertainDisk.repository(place).resolve("config"))) {
            Repository.open(UncertainDisk.storageAt(place), TestRepository.PASSWORD, context)
                    .close();
            return;
        }
        assertThat(step).as(what).isLessThan(made);
        if (isEmpty(UncertainDisk.repository(place).resolve("keys"))) {
            TestRepository.init(UncertainDisk.storageAt(place), context).close();
        } else {
            assertThatThrownBy(() -> TestRepository.init(UncertainDisk.storageAt(place), context))
                    .as(what)
                    .isInstanceOf(RepositoryExistsException.class);
        }
    }

    private static boolean isEmpty(Path place) throws IOException {
        if (!Files.isDirectory(place)) {
            return true;
        }
        try (Stream<Path> inside = Files.list(place)) {
            return inside.noneMatch(file -> Id.parseOrNull(file.getFileName().toString()) != null);
        }
    }

    /** What a killed process wrote is counted on by the next, though it may not be durable yet. */
    @Test
    void aKilledProcessLeavesNothingThatTheNextCountsOnInVain() throws Exception {
        live(Lie.NONE);
        UncertainDisk whole = disk;
        long killed = machine.pid();
        machine.become(killed + 1, 1000);
        machine.end(killed);
        Promise last = promises.removeLast();
        int begun = promises.getFirst().gone;
        for (int step = begun; step <= last.from; step++) {
            Path place = Files.createDirectory(directory.resolve("killed" + step));
            disk = whole.killed(step, place);
            RepositoryContext context = context(directory.resolve("machine"), machine);
            Promise again;
            try (Repository repository = Repository.open(disk.storage(), TestRepository.PASSWORD, context)) {
                again = announce(repository, last.files);
            }
            cut(disk.steps(), Survival.NOTHING, this::goOn);
            cut(disk.steps(), Survival.NAMES, this::goOn);
            promises.remove(again);
            delete(place);
        }
    }

    @Test
    @Tag("restic")
    void resticAcceptsWhatACutLeaves() throws Exception {
        live(Lie.NONE);
        for (int step = used + 1; step <= disk.steps(); step += SAMPLE) {
            cut(
                    step,
                    Survival.SOME,
                    (place, _, _) ->
                            new Restic(UncertainDisk.repository(place)).run("check", "--no-lock", "--read-data"));
        }
    }

    /** A safeguard that is off is seen. */
    @Test
    void aSyncThatIsLeftOutIsFound() throws Exception {
        for (Lie lie : EnumSet.of(Lie.FILE, Lie.DIRECTORY)) {
            promises.clear();
            Path live = directory.resolve("live");
            delete(live);
            Files.createDirectory(live);
            live(lie);
            assertThatThrownBy(() -> everyCut(used, this::goOn))
                    .as(lie.toString())
                    .isNotNull();
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> all = Files.walk(from)) {
            for (Path path : all.toList()) {
                Files.copy(path, to.resolve(from.relativize(path)));
            }
        }
    }

    private static void namesTellTheContent(Path place, String what) throws IOException {
        try (Stream<Path> all = Files.walk(UncertainDisk.repository(place))) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                Id id = Id.parseOrNull(file.getFileName().toString());
                if (id != null) {
                    assertThat(Id.sha256(Files.readAllBytes(file)))
                            .as("%s: %s", what, file)
                            .isEqualTo(id);
                }
            }
        }
    }

    private void keeps(Repository repository, int step, String what) throws Exception {
        CheckReport report = new Checker(repository).check(true, (stage, done, total) -> {});
        assertThat(report.errors()).as(what).isEmpty();
        Set<Id> listed = repository.list(FileKind.SNAPSHOT);
        for (Promise promise : promises) {
            assertThat(promise.isKept(step, listed)).as(what).isTrue();
            if (listed.contains(promise.snapshot)) {
                assertThat(files(repository, promise.snapshot)).as(what).isEqualTo(hashes(promise.files));
            }
        }
    }

    private static Map<String, Id> hashes(Map<String, byte[]> files) {
        Map<String, Id> hashes = new TreeMap<>();
        files.forEach((name, content) -> hashes.put(name, Id.sha256(content)));
        return hashes;
    }

    private static Map<String, Id> files(Repository repository, Id snapshot) throws Exception {
        Map<String, Id> files = new TreeMap<>();
        TreeReader tree = new TreeReader(
                repository.loadBlob(BlobType.TREE, repository.snapshot(snapshot).tree()));
        for (Node node; (node = tree.next()) != null; ) {
            ByteArrayOutputStream content = new ByteArrayOutputStream();
            for (Id id : Objects.requireNonNull(node.content())) {
                content.writeBytes(repository.loadBlob(BlobType.DATA, id));
            }
            files.put(node.name().toString(), Id.sha256(content.toByteArray()));
        }
        return files;
    }
}
