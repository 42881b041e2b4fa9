package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FaultyStorage.Call;
import dev.nightjar.repository.storage.FaultyStorage.Fate;
import dev.nightjar.repository.storage.FaultyStorage.Op;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.RecordingStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** C16, for those who read: a hiccup of the storage is waited for, one that is gone for good not for each file, damage never. */
@Timeout(60)
@SuppressWarnings("NullAway.Init")
final class RetryingReadsTest {
    private static final int FILES = 40;

    @TempDir
    Path directory;

    /** Time passes only while somebody waits; and when told, not even then, so that waiting has no end of its own. */
    private static final class WaitingMachine implements Machine {
        private final TestMachine machine = new TestMachine();
        private volatile boolean forEver;

        @Override
        public long nanos() {
            return machine.nanos();
        }

        @Override
        public void pause(long nanos) {
            if (forEver) {
                LockSupport.parkNanos(1000);
            } else {
                machine.pause(nanos);
            }
        }

        @Override
        public long sleptMillis() {
            return machine.sleptMillis();
        }

        @Override
        public String boot() {
            return machine.boot();
        }

        @Override
        public String processes() {
            return machine.processes();
        }

        @Override
        public long pid() {
            return machine.pid();
        }

        @Override
        public @Nullable Long started(long pid) {
            return machine.started(pid);
        }
    }

    private final WaitingMachine machine = new WaitingMachine();
    private final FaultyStorage faulty = new FaultyStorage(new RecordingStorage());
    private final Map<String, byte[]> files = new TreeMap<>();
    private Repository repository;
    private Id snapshot;

    @BeforeEach
    void build() throws Exception {
        Random random = new Random(1);
        for (int i = 0; i < FILES; i++) {
            byte[] content = new byte[20_000];
            random.nextBytes(content);
            files.put("f" + i, content);
        }
        RepositoryContext context = TestRepository.context(directory, InstantSource.system(), machine);
        try (Repository first = TestRepository.init(faulty, context)) {
            snapshot = TestRepository.commit(first, files);
        }
        repository = Repository.open(
                faulty,
                TestRepository.PASSWORD,
                TestRepository.context(directory.resolve("other"), InstantSource.system(), machine));
    }

    @AfterEach
    void leave() {
        faulty.mend();
        repository.close();
    }

    /** Of such calls, so many are refused, as of this kind; returns how many there were in all. */
    private AtomicInteger refuse(StorageException.Kind kind, int count, Predicate<Call> which) {
        AtomicInteger calls = new AtomicInteger();
        faulty.plan(kind, call -> which.test(call) && calls.getAndIncrement() < count ? Fate.REFUSED : Fate.WELL);
        return calls;
    }

    private static boolean readsData(Call call) {
        return call.is(Op.READ, FileKind.DATA);
    }

    private static boolean readsNoLock(Call call) {
        return call.kind() != FileKind.LOCK && (call.op() == Op.READ || call.op() == Op.LIST);
    }

    private RestoreReport restore() throws Exception {
        repository.loadIndex();
        Path out = Files.createDirectories(directory.resolve("out"));
        try (Directory into = Directory.open(BytePath.of(out.toString()))) {
            return new Restorer(repository, RestoreOptions.defaults())
                    .restore(repository.snapshot(snapshot).tree(), into);
        }
    }

    private CheckReport check() throws Exception {
        return new Checker(repository).check(true, (stage, done, total) -> {});
    }

    @Test
    void aRestoreOutlastsAHiccup() throws Exception {
        for (int skipped = 0; skipped < 6; skipped++) {
            AtomicInteger before = new AtomicInteger(skipped);
            refuse(StorageException.Kind.TRANSIENT, 5, call -> readsNoLock(call) && before.getAndDecrement() <= 0);
            assertThat(restore().problems()).as("after " + skipped).isEmpty();
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                Path restored = directory.resolve("out").resolve(file.getKey());
                assertThat(restored).hasBinaryContent(file.getValue());
                Files.delete(restored);
            }
        }
    }

    @Test
    void aCheckOutlastsAHiccup() throws Exception {
        for (int skipped = 0; skipped < 6; skipped++) {
            AtomicInteger before = new AtomicInteger(skipped);
            AtomicInteger refused = refuse(
                    StorageException.Kind.TRANSIENT, 5, call -> readsNoLock(call) && before.getAndDecrement() <= 0);
            CheckReport report = check();
            assertThat(report.errors()).as("after " + skipped).isEmpty();
            assertThat(report.hints()).as("after " + skipped).isEmpty();
            assertThat(refused.get()).isGreaterThan(5);
        }
    }

    @Test
    void aListingThatBreaksOffTellsEachFileOnce() throws Exception {
        AtomicInteger listings = new AtomicInteger();
        faulty.plan(
                StorageException.Kind.TRANSIENT,
                call -> call.is(Op.LIST, FileKind.DATA) && listings.getAndIncrement() < 2 ? Fate.TOO_LATE : Fate.WELL);
        AtomicInteger told = new AtomicInteger();
        repository.storage().list(FileKind.DATA, (id, size) -> told.incrementAndGet());
        assertThat(told).hasValue(repository.list(FileKind.DATA).size());
    }

    /** Five minutes for all of them, not for each. */
    @Test
    void aStorageThatIsGoneForGoodIsGivenUpOnce() throws Exception {
        repository.loadIndex();
        refuse(StorageException.Kind.TRANSIENT, Integer.MAX_VALUE, RetryingReadsTest::readsData);
        Map<Id, PackLocation> blobs = new TreeMap<>();
        repository
                .storage()
                .list(
                        FileKind.INDEX,
                        (id, size) -> repository.readIndexFile(id, (blob, condemned) -> blobs.put(blob.blob(), blob)));
        long begun = machine.nanos();
        for (PackLocation blob : blobs.values()) {
            assertThatThrownBy(() -> repository.readBlob(blob))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.TRANSIENT));
        }
        assertThat(blobs).hasSizeGreaterThan(FILES);
        assertThat(machine.nanos() - begun)
                .isBetween(RetryingStorage.PATIENCE.toNanos(), 2 * RetryingStorage.PATIENCE.toNanos());
        faulty.mend();
        PackLocation one = blobs.values().iterator().next();
        assertThat(repository.readBlob(one)).hasSize(one.size());
    }

    @Test
    void whatTheDeviceFailsToReadIsReadTwiceMore() throws Exception {
        repository.loadIndex();
        Id tree = repository.snapshot(snapshot).tree();
        refuse(StorageException.Kind.INPUT_OUTPUT, RetryingStorage.READS - 1, RetryingReadsTest::readsData);
        assertThat(repository.loadBlob(BlobType.TREE, tree)).isNotEmpty();
        AtomicInteger calls =
                refuse(StorageException.Kind.INPUT_OUTPUT, Integer.MAX_VALUE, RetryingReadsTest::readsData);
        assertThatThrownBy(() -> repository.loadBlob(BlobType.TREE, tree)).isInstanceOf(StorageException.class);
        assertThat(calls).hasValue(RetryingStorage.READS);
    }

    @Test
    void damageAndOtherRefusalsAreNotReadAgain() throws Exception {
        repository.loadIndex();
        Id tree = repository.snapshot(snapshot).tree();
        AtomicInteger calls = new AtomicInteger();
        faulty.plan(StorageException.Kind.OTHER, call -> {
            if (readsData(call)) {
                calls.incrementAndGet();
                return Fate.LIE;
            }
            return Fate.WELL;
        });
        assertThatThrownBy(() -> repository.loadBlob(BlobType.TREE, tree)).isInstanceOf(CorruptException.class);
        assertThat(calls).hasValue(1);
        AtomicInteger others = refuse(StorageException.Kind.OTHER, Integer.MAX_VALUE, RetryingReadsTest::readsData);
        assertThatThrownBy(() -> repository.loadBlob(BlobType.TREE, tree)).isInstanceOf(StorageException.class);
        assertThat(others).hasValue(1);
    }

    /** From now on data cannot be read, and this thread is interrupted by the first attempt, which waits without end. */
    private void interruptWhileWaiting() {
        Thread reader = Thread.currentThread();
        machine.forEver = true;
        faulty.plan(StorageException.Kind.TRANSIENT, call -> {
            if (readsData(call)) {
                reader.interrupt();
                return Fate.REFUSED;
            }
            return Fate.WELL;
        });
    }

    @Test
    void anInterruptEndsTheWaitingOfACheck() throws Exception {
        interruptWhileWaiting();
        assertThatThrownBy(this::check).isInstanceOf(InterruptedException.class);
        machine.forEver = false;
    }

    @Test
    void anInterruptEndsTheWaitingOfARestore() throws Exception {
        repository.loadIndex();
        Id tree = repository.snapshot(snapshot).tree();
        byte[] read = repository.loadBlob(BlobType.TREE, tree);
        assertThat(read).isNotEmpty();
        Thread reader = Thread.currentThread();
        machine.forEver = true;
        faulty.plan(StorageException.Kind.TRANSIENT, call -> {
            if (readsData(call) && Thread.currentThread() != reader) {
                reader.interrupt();
                return Fate.REFUSED;
            }
            return Fate.WELL;
        });
        RestoreReport report = restore();
        assertThat(Thread.interrupted()).isTrue();
        assertThat(report.stopped()).isEqualTo(RestoreReport.Stop.INTERRUPTED);
        machine.forEver = false;
    }

    @Test
    void closingTheRepositoryEndsTheWaiting() throws Exception {
        Repository other = Repository.open(
                faulty,
                TestRepository.PASSWORD,
                TestRepository.context(directory.resolve("third"), InstantSource.system(), machine));
        other.loadIndex();
        Id tree = other.snapshot(snapshot).tree();
        machine.forEver = true;
        Thread closer = Thread.ofPlatform().unstarted(other::close);
        faulty.plan(StorageException.Kind.TRANSIENT, call -> {
            if (readsData(call)) {
                if (closer.getState() == Thread.State.NEW) {
                    closer.start();
                }
                return Fate.REFUSED;
            }
            return Fate.WELL;
        });
        assertThatThrownBy(() -> other.loadBlob(BlobType.TREE, tree)).isInstanceOf(StorageException.class);
        closer.join();
        machine.forEver = false;
    }
}
