package dev.nightjar.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage must do: each sentence of {@link Storage}. */
abstract class StorageConformance {
    private Storage storage;

    /** A storage at a place that is not there yet. */
    abstract Storage fresh() throws Exception;

    @BeforeEach
    final void makeIt() throws Exception {
        storage = fresh();
        assertThat(storage.exists()).isFalse();
        storage.create();
    }

    final Storage storage() {
        return storage;
    }

    @Test
    void isThereOnceMade() throws Exception {
        assertThat(storage.exists()).isTrue();
        storage.create();
        for (FileKind kind : FileKind.values()) {
            if (kind != FileKind.CONFIG) {
                assertThat(list(kind)).isEmpty();
            }
        }
    }

    @Test
    void givesBackWhatWasWritten() throws Exception {
        for (FileKind kind : FileKind.values()) {
            FileName name = kind == FileKind.CONFIG ? FileName.CONFIG : name(kind, 1);
            byte[] content = ("content of " + kind).getBytes(StandardCharsets.UTF_8);
            ByteBuffer bytes = ByteBuffer.wrap(content);
            storage.write(name, bytes);
            assertThat(bytes.remaining())
                    .as("the caller's buffer is left as it was")
                    .isEqualTo(content.length);
            assertThat(storage.read(name)).isEqualTo(content);
            assertThat(storage.size(name)).isEqualTo(content.length);
            assertThat(new String(storage.readRange(name, 8, 2), StandardCharsets.UTF_8))
                    .isEqualTo("of");
            if (kind != FileKind.CONFIG) {
                assertThat(list(kind)).containsExactly(Map.entry(name.id(), (long) content.length));
            }
        }
    }

    @Test
    void takesLargeAndEmptyFiles() throws Exception {
        byte[] large = new byte[5_000_001];
        for (int i = 0; i < large.length; i++) {
            large[i] = (byte) ((i * 31) >>> 3);
        }
        FileName name = name(FileKind.DATA, 2);
        storage.write(
                name, ByteBuffer.allocateDirect(large.length).put(large).flip().asReadOnlyBuffer());
        assertThat(storage.read(name)).isEqualTo(large);
        assertThat(storage.readRange(name, 4_999_990, 11)[10]).isEqualTo(large[5_000_000]);
        FileName empty = name(FileKind.LOCK, 3);
        storage.write(empty, ByteBuffer.allocate(0));
        assertThat(storage.read(empty)).isEmpty();
    }

    @Test
    void saysWhatIsNotThere() {
        FileName name = name(FileKind.DATA, 4);
        assertNotFound(() -> storage.read(name));
        assertNotFound(() -> storage.readRange(name, 0, 1));
        assertNotFound(() -> storage.size(name));
        assertNotFound(() -> storage.read(FileName.CONFIG));
    }

    @Test
    void neverGivesFewerBytesThanAsked() throws Exception {
        FileName name = name(FileKind.DATA, 5);
        storage.write(name, ByteBuffer.wrap(new byte[10]));
        assertThatThrownBy(() -> storage.readRange(name, 5, 6)).isInstanceOf(StorageException.class);
    }

    @Test
    void removes() throws Exception {
        FileName name = name(FileKind.SNAPSHOT, 6);
        storage.write(name, ByteBuffer.wrap(new byte[10]));
        storage.delete(name);
        assertNotFound(() -> storage.read(name));
        assertThat(list(FileKind.SNAPSHOT)).isEmpty();
        storage.delete(name);
    }

    @Test
    void writesTheSameNameAgain() throws Exception {
        FileName name = name(FileKind.INDEX, 7);
        storage.write(name, ByteBuffer.wrap(new byte[10]));
        storage.write(name, ByteBuffer.wrap(new byte[10]));
        assertThat(list(FileKind.INDEX)).hasSize(1);
    }

    /** An exception of the visitor's own comes out as it is. */
    @Test
    void passesOnWhatTheVisitorThrows() throws Exception {
        storage.write(name(FileKind.DATA, 8), ByteBuffer.wrap(new byte[1]));
        StorageException mine = new StorageException(StorageException.Kind.OTHER, "mine", "", "", null);
        assertThatThrownBy(() -> storage.list(FileKind.DATA, (id, size) -> {
                    throw mine;
                }))
                .isSameAs(mine);
    }

    @Test
    void readsAnyRange() throws Exception {
        byte[] content = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        FileName name = name(FileKind.DATA, 9);
        storage.write(name, ByteBuffer.wrap(content, 0, 4), ByteBuffer.allocate(0), ByteBuffer.wrap(content, 4, 6));
        for (int from = 0; from <= content.length; from++) {
            for (int to = from; to <= content.length; to++) {
                assertThat(storage.readRange(name, from, to - from)).isEqualTo(Arrays.copyOfRange(content, from, to));
            }
            int offset = from;
            assertThatThrownBy(() -> storage.readRange(name, offset, content.length - offset + 1))
                    .isInstanceOf(StorageException.class);
        }
        assertThatThrownBy(() -> storage.readRange(name, 11, 1)).isInstanceOf(StorageException.class);
        byte[] larger = {9, 9, 9, 9};
        storage.readRange(name, 3, larger, 2);
        assertThat(larger).containsExactly(3, 4, 9, 9);
    }

    @Test
    void aFileWrittenAgainIsTheNewOne() throws Exception {
        FileName name = name(FileKind.LOCK, 10);
        storage.write(name, ByteBuffer.wrap(new byte[10]));
        storage.write(name, ByteBuffer.wrap(new byte[] {1, 2}));
        assertThat(storage.read(name)).containsExactly(1, 2);
        assertThat(list(FileKind.LOCK)).containsExactly(Map.entry(name.id(), 2L));
    }

    /** A visitor may remove what it is told of. */
    @Test
    void aListingOutlivesWhatItTells() throws Exception {
        for (int i = 0; i < 50; i++) {
            storage.write(name(FileKind.INDEX, i), ByteBuffer.wrap(new byte[1]));
        }
        Map<Id, Long> told = new TreeMap<>();
        storage.list(FileKind.INDEX, (id, size) -> {
            told.put(id, size);
            storage.delete(new FileName(FileKind.INDEX, id));
        });
        assertThat(told).hasSize(50);
        assertThat(list(FileKind.INDEX)).isEmpty();
    }

    /** Whatever is listed is whole, and what is there for all the time of a listing is in it. */
    @Test
    void servesSeveralThreadsAtOnce() throws Exception {
        int writers = 4;
        int each = 40;
        FileName always = name(FileKind.DATA, 200);
        storage.write(always, ByteBuffer.wrap(new byte[1000]));
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService threads = Executors.newFixedThreadPool(writers + 1)) {
            Future<Integer> lister = threads.submit(() -> {
                int listings = 0;
                while (!done.get() || listings == 0) {
                    Map<Id, Long> files = list(FileKind.DATA);
                    assertThat(files).containsKey(always.id());
                    assertThat(files.values()).allMatch(size -> size == 1000);
                    listings++;
                }
                return listings;
            });
            List<Future<@Nullable Void>> work = new ArrayList<>();
            for (int w = 0; w < writers; w++) {
                int writer = w;
                work.add(threads.submit(() -> {
                    for (int i = 0; i < each; i++) {
                        byte[] content = new byte[1000];
                        Arrays.fill(content, (byte) writer);
                        FileName mine = new FileName(FileKind.DATA, Id.sha256(new byte[] {(byte) writer, (byte) i}));
                        storage.write(mine, ByteBuffer.wrap(content));
                        assertThat(storage.read(mine)).isEqualTo(content);
                        storage.write(name(FileKind.INDEX, 201), ByteBuffer.wrap(content));
                        byte[] shared = storage.read(name(FileKind.INDEX, 201));
                        assertThat(shared).hasSize(1000).containsOnly(shared[0]);
                        if (i % 2 == 0) {
                            storage.delete(mine);
                        }
                    }
                    return null;
                }));
            }
            for (Future<@Nullable Void> one : work) {
                one.get();
            }
            done.set(true);
            assertThat(lister.get()).isPositive();
        }
        assertThat(list(FileKind.DATA)).hasSize(1 + writers * each / 2);
    }

    @Test
    void saysWhenAFileWasWrittenOrNothing() throws Exception {
        FileName name = name(FileKind.LOCK, 11);
        assertThat(storage.modified(name)).isNull();
        storage.write(name, ByteBuffer.wrap(new byte[1]));
        Instant written = storage.modified(name);
        if (written != null) {
            assertThat(Duration.between(written, Instant.now()).abs()).isLessThan(Duration.ofMinutes(2));
        }
    }

    @Test
    void theConfigIsNotListed() {
        assertThatThrownBy(() -> list(FileKind.CONFIG)).isInstanceOf(IllegalArgumentException.class);
    }

    final Map<Id, Long> list(FileKind kind) throws RepositoryException {
        Map<Id, Long> files = new TreeMap<>();
        storage.list(kind, files::put);
        return files;
    }

    static FileName name(FileKind kind, int number) {
        return new FileName(kind, Id.sha256(new byte[] {(byte) number}));
    }

    private interface Call {
        void run() throws RepositoryException;
    }

    private static void assertNotFound(Call call) {
        assertThatThrownBy(call::run)
                .isInstanceOfSatisfying(
                        StorageException.class, e -> assertThat(e.kind()).isEqualTo(StorageException.Kind.NOT_FOUND));
    }
}
