package dev.nightjar.repository.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockMode;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryContext;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.TestRepository;
import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.restore.TestBackup;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.RecordingStorage;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * C19: damage at seeded places in every kind of file is found by {@code check --read-data} and named, never taken for
 * good data, and never ends in anything but a message.
 */
final class DamageTest {
    private static final long SEED = 24_112_027;
    private static final int TRIALS = 10_000;
    private static final int THREADS = 2;
    private static final int RESTORED_EVERY = 100;

    /** Packs are most of what there is. */
    private static final List<FileKind> KINDS = List.of(
            FileKind.DATA,
            FileKind.INDEX,
            FileKind.DATA,
            FileKind.SNAPSHOT,
            FileKind.DATA,
            FileKind.KEY,
            FileKind.DATA,
            FileKind.CONFIG);

    private static final int LOCKS = 40;
    private static final KeyFile.Cost CHEAP = new KeyFile.Cost(16, 8, 1);

    private final Map<FileName, byte[]> files = new LinkedHashMap<>();
    private final Map<Id, Map<String, Id>> expected = new HashMap<>();
    private Path place = Path.of("/");
    private final AtomicInteger caches = new AtomicInteger();

    /** In memory: ten thousand repositories are opened, each with a cache of its own. */
    @BeforeEach
    void build() throws Exception {
        place = Files.createTempDirectory(Path.of("/dev/shm"), "nightjar-damage-");
        RecordingStorage storage = new RecordingStorage();
        Path source = place.resolve("source/a");
        Files.createDirectories(source.resolve("b"));
        Random random = new Random(SEED);
        try (Repository repository = TestRepository.init(storage, context())) {
            for (int round = 0; round < 4; round++) {
                for (int i = 0; i < 3; i++) {
                    byte[] content = new byte[random.nextInt(4000)];
                    random.nextBytes(content);
                    Files.write(source.resolve((i == 0 ? "b/" : "") + "f" + round + i), content);
                }
                Files.writeString(source.resolve("text"), "the same line\n".repeat(100 * (round + 1)));
                Snapshot snapshot = TestBackup.save(
                        repository, BytePath.of(place.resolve("source").toString()));
                repository.loadIndex();
                expected.put(Objects.requireNonNull(snapshot.id()), contents(repository, snapshot));
            }
            try (RepositoryLock _ = repository.lock(LockMode.SHARED)) {
                storage.list(FileKind.LOCK, (id, _) -> keep(storage, new FileName(FileKind.LOCK, id)));
            }
        }
        keep(storage, FileName.CONFIG);
        for (FileKind kind : List.of(FileKind.KEY, FileKind.INDEX, FileKind.SNAPSHOT, FileKind.DATA)) {
            storage.list(kind, (id, _) -> keep(storage, new FileName(kind, id)));
        }
        addKey();
    }

    @AfterEach
    void clean() throws IOException {
        remove(place);
    }

    private static void remove(Path directory) throws IOException {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    private void keep(RecordingStorage storage, FileName name) throws RepositoryException {
        files.put(name, storage.read(name));
    }

    /** A second key, so that one can be damaged and the repository still be opened. */
    private void addKey() throws Exception {
        FileName first = only(FileKind.KEY);
        SecureRandom random = new SecureRandom();
        MasterKey master = Objects.requireNonNull(KeyFile.decode("key", Objects.requireNonNull(files.get(first)))
                .open("key", TestRepository.PASSWORD, random));
        byte[] other = KeyFile.create(master, new byte[] {'x'}, CHEAP, Instant.EPOCH, "u", "h", random)
                .encode();
        files.put(new FileName(FileKind.KEY, Id.sha256(other)), other);
    }

    private FileName only(FileKind kind) {
        return files.keySet().stream()
                .filter(name -> name.kind() == kind)
                .findFirst()
                .orElseThrow();
    }

    private RepositoryContext context() {
        Path cache = place.resolve("cache" + caches.incrementAndGet());
        return new RepositoryContext(cache, InstantSource.system(), new SecureRandom(), "testhost", "tester");
    }

    /** Every file of a snapshot, and the hash of what is in it. */
    private static Map<String, Id> contents(Repository repository, Snapshot snapshot) throws RepositoryException {
        Map<String, Id> contents = new TreeMap<>();
        addContents(repository, snapshot.tree(), "/", contents);
        return contents;
    }

    private static void addContents(Repository repository, Id tree, String path, Map<String, Id> contents)
            throws RepositoryException {
        TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node; (node = reader.next()) != null; ) {
            List<Id> content = node.content();
            Id subtree = node.subtree();
            if (content != null) {
                List<byte[]> blobs = new ArrayList<>();
                for (Id id : content) {
                    blobs.add(repository.loadBlob(BlobType.DATA, id));
                }
                contents.put(path + node.name(), Id.sha256(blobs.toArray(byte[][]::new)));
            } else if (subtree != null) {
                addContents(repository, subtree, path + node.name() + "/", contents);
            }
        }
    }

    /** What was done to which files. */
    private record Damage(String what, List<FileName> files, boolean missing) {
        boolean isToldBy(String told) {
            return files.stream()
                    .anyMatch(name -> name.kind() == FileKind.CONFIG
                            ? told.contains("config") || told.contains("no repository")
                            : told.contains(name.id().shortHex()));
        }
    }

    private static Damage damage(DamagedStorage storage, List<FileName> targets, Random random) {
        FileName name = targets.get(random.nextInt(targets.size()));
        byte[] good = storage.good(name);
        return switch (random.nextInt(6)) {
            case 0 -> {
                int bit = random.nextInt(8 * good.length);
                byte[] bad = good.clone();
                bad[bit / 8] ^= (byte) (1 << bit % 8);
                storage.put(name, bad);
                yield new Damage("bit " + bit + " flipped", List.of(name), false);
            }
            case 1 -> {
                int length = random.nextInt(good.length);
                storage.put(name, Arrays.copyOf(good, length));
                yield new Damage("cut to " + length, List.of(name), false);
            }
            case 2 -> {
                storage.put(name, null);
                yield new Damage("removed", List.of(name), true);
            }
            case 3 -> {
                byte[] longer = Arrays.copyOf(good, good.length + 1 + random.nextInt(100));
                storage.put(name, longer);
                yield new Damage("made longer by " + (longer.length - good.length), List.of(name), false);
            }
            case 4 -> {
                // At the end is what is not encrypted in a pack: the length of its header.
                byte[] bad = good.clone();
                int at = Math.max(0, good.length - 1 - random.nextInt(8));
                bad[at] = (byte) (bad[at] + 1 + random.nextInt(255));
                storage.put(name, bad);
                yield new Damage("byte " + at + " changed", List.of(name), false);
            }
            default -> {
                List<FileName> others = storage.names().stream()
                        .filter(other -> !other.equals(name) && other.kind() != FileKind.LOCK)
                        .toList();
                FileName other = others.get(random.nextInt(others.size()));
                storage.put(name, storage.good(other));
                storage.put(other, good);
                yield new Damage("exchanged with " + other, List.of(name, other), false);
            }
        };
    }

    /** What is looked at after a check, in the same open repository. */
    @FunctionalInterface
    private interface Look {
        void at(Repository repository) throws Exception;
    }

    /** All that a check says, and an empty string if it finds nothing. */
    private String told(DamagedStorage storage, RepositoryContext context, Look look) throws Exception {
        try (Repository repository = Repository.open(storage, TestRepository.PASSWORD, context)) {
            String told = told(repository);
            look.at(repository);
            return told;
        } catch (RepositoryException e) {
            return e.what() + " " + e.why();
        }
    }

    private static String told(Repository repository) throws Exception {
        try {
            CheckReport report = new Checker(repository).check(new ReadData.All(), CheckListener.NONE);
            // An index file that is gone has no name any more; what it named has.
            return report.errors().stream()
                    .map(error -> error.subject() + " " + error.detail() + " " + error.paths())
                    .collect(Collectors.joining("; "));
        } catch (RepositoryException e) {
            return e.what() + " " + e.why();
        }
    }

    private String told(DamagedStorage storage) throws Exception {
        return told(storage, context(), _ -> {});
    }

    /** What can be read is what was written. */
    private void nothingBadIsGood(Repository repository, String trial, boolean restore) throws Exception {
        try {
            repository.loadIndex();
        } catch (RepositoryException e) {
            assertThat(e.what()).as(trial).isNotEmpty();
        }
        for (Map.Entry<Id, Map<String, Id>> snapshot : expected.entrySet()) {
            try {
                Snapshot read = repository.snapshot(snapshot.getKey());
                assertThat(contents(repository, read)).as(trial).isEqualTo(snapshot.getValue());
            } catch (RepositoryException e) {
                assertThat(e.what()).as(trial).isNotEmpty();
            }
            if (restore) {
                restore(repository, snapshot.getKey(), snapshot.getValue(), trial);
            }
        }
    }

    private void restore(Repository repository, Id snapshot, Map<String, Id> good, String trial) throws Exception {
        Path into = Files.createTempDirectory(place, "restored");
        try (Directory directory = Directory.open(BytePath.of(into.toString()))) {
            Id tree = repository.snapshot(snapshot).tree();
            new Restorer(repository, RestoreOptions.defaults()).restore(tree, directory);
        } catch (RepositoryException e) {
            assertThat(e.what()).as(trial).isNotEmpty();
        }
        try (Stream<Path> all = Files.walk(into)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String path = "/" + into.relativize(file);
                assertThat(Id.sha256(Files.readAllBytes(file)))
                        .as(trial + ": " + path)
                        .isEqualTo(good.get(path));
            }
        }
        remove(into);
    }

    @Test
    void damageAnywhereIsFoundAndNamed() throws Exception {
        files.keySet().removeIf(name -> name.kind() == FileKind.LOCK);
        assertThat(told(new DamagedStorage(files))).isEmpty();
        Map<String, Integer> done = new ConcurrentSkipListMap<>();
        List<Future<@Nullable Void>> halves = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(THREADS)) {
            for (int thread = 0; thread < THREADS; thread++) {
                int first = thread;
                halves.add(threads.submit(() -> {
                    DamagedStorage storage = new DamagedStorage(files);
                    for (int i = first; i < TRIALS; i += THREADS) {
                        trial(storage, i, done);
                    }
                    assertThat(told(storage)).isEmpty();
                    return null;
                }));
            }
            for (Future<@Nullable Void> half : halves) {
                half.get();
            }
        }
        assertThat(done.keySet())
                .contains("CONFIG found", "DATA found", "INDEX found", "KEY found", "SNAPSHOT found")
                .doesNotContain("CONFIG harmless", "DATA harmless", "INDEX harmless");
    }

    private void trial(DamagedStorage storage, int number, Map<String, Integer> done) throws Exception {
        FileKind kind = KINDS.get(number / THREADS % KINDS.size());
        List<FileName> targets =
                storage.names().stream().filter(name -> name.kind() == kind).toList();
        Damage damage = damage(storage, targets, new Random(SEED + number));
        String trial = "seed " + (SEED + number) + ": " + damage.files() + " " + damage.what();
        RepositoryContext context = context();
        boolean restore = number % RESTORED_EVERY == 0;
        String told = told(storage, context, repository -> nothingBadIsGood(repository, trial, restore));
        // Nothing refers to a snapshot, nor to a key while there is another: they are gone as after a forget.
        boolean harmless = damage.missing() && (kind == FileKind.SNAPSHOT || kind == FileKind.KEY);
        if (damage.missing() && kind == FileKind.INDEX) {
            assertThat(told).as(trial).contains("/");
        } else if (!harmless) {
            assertThat(damage.isToldBy(told)).as(trial + ": " + told).isTrue();
        }
        done.merge(kind + (told.isEmpty() ? " harmless" : " found"), 1, Integer::sum);
        remove(context.cache());
        storage.undo();
    }

    /** A lock that cannot be read is waited for, so many of them are tried at once. */
    @Test
    void aDamagedLockIsNamed() throws Exception {
        FileName lock = only(FileKind.LOCK);
        List<Future<@Nullable Void>> trials = new ArrayList<>();
        try (ExecutorService threads = Executors.newCachedThreadPool()) {
            for (int i = 0; i < LOCKS; i++) {
                Random random = new Random(SEED + i);
                DamagedStorage storage = new DamagedStorage(files);
                Damage damage = damage(storage, List.of(lock), random);
                RepositoryContext context = context();
                trials.add(threads.submit(() -> {
                    String told = told(storage, context, _ -> {});
                    boolean gone = damage.missing() || damage.what().equals("cut to 0");
                    assertThat(gone ? told.isEmpty() : damage.isToldBy(told))
                            .as(damage.what() + ": " + told)
                            .isTrue();
                    return null;
                }));
            }
            for (Future<@Nullable Void> trial : trials) {
                trial.get();
            }
        }
    }

    /** A header may say that it is as long as it likes. */
    @Test
    void lengthsAreNotBelieved() throws Exception {
        files.keySet().removeIf(name -> name.kind() == FileKind.LOCK);
        DamagedStorage storage = new DamagedStorage(files);
        FileName pack = only(FileKind.DATA);
        for (int length : new int[] {0, 31, 32, -1, Integer.MAX_VALUE, Integer.MIN_VALUE, 16 << 20, (16 << 20) + 1}) {
            byte[] bad = storage.good(pack).clone();
            ByteBuffer.wrap(bad).order(ByteOrder.LITTLE_ENDIAN).putInt(bad.length - 4, length);
            storage.put(pack, bad);
            assertThat(told(storage)).as("" + length).contains(pack.id().shortHex());
            storage.undo();
        }
    }
}
