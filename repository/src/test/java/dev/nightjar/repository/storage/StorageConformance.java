package dev.nightjar.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every storage must do. */
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
