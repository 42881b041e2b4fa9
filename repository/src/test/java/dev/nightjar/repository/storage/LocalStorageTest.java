package dev.nightjar.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalStorageTest extends StorageConformance {
    @TempDir
    Path directory;

    private Path place() {
        return directory.resolve("deep/repo");
    }

    @Override
    Storage fresh() {
        return new LocalStorage(place());
    }

    @Test
    void hasResticsModes() throws Exception {
        FileName name = name(FileKind.DATA, 1);
        storage().write(name, ByteBuffer.wrap(new byte[1]));
        assertThat(mode(place())).isEqualTo("rwx------");
        assertThat(mode(place().resolve("data/ff"))).isEqualTo("rwx------");
        assertThat(mode(place().resolve(name.path()))).isEqualTo("r--------");
    }

    @Test
    void passesOverWhatIsNotOurs() throws Exception {
        Files.writeString(place().resolve("snapshots/README"), "hello");
        Files.writeString(place().resolve("data/stray"), "hello");
        Files.writeString(place().resolve("keys/" + "a".repeat(64) + "-tmp-123"), "hello");
        assertThat(list(FileKind.SNAPSHOT)).isEmpty();
        assertThat(list(FileKind.DATA)).isEmpty();
        assertThat(list(FileKind.KEY)).isEmpty();
    }

    /** C16: with the disk not mounted, nothing is made on the mount point. */
    @Test
    void makesNothingWhereTheRepositoryIsNot() throws Exception {
        LocalStorage away = new LocalStorage(Files.createDirectory(directory.resolve("mountpoint")));
        for (FileKind kind : FileKind.values()) {
            FileName name = kind == FileKind.CONFIG ? FileName.CONFIG : name(kind, 1);
            if (kind != FileKind.CONFIG) {
                assertThatThrownBy(() -> away.write(name, ByteBuffer.wrap(new byte[1])))
                        .isInstanceOf(StorageException.class);
            }
        }
        try (var inside = Files.list(directory.resolve("mountpoint"))) {
            assertThat(inside).isEmpty();
        }
    }

    @Test
    void makesAMissingShard() throws Exception {
        FileName name = name(FileKind.DATA, 1);
        Files.delete(place().resolve(name.path()).getParent());
        storage().write(name, ByteBuffer.wrap(new byte[1]));
        assertThat(storage().size(name)).isEqualTo(1);
    }

    @Test
    void leavesNothingBehindWhenTheNameIsTaken() throws Exception {
        FileName name = name(FileKind.SNAPSHOT, 1);
        Files.createDirectories(place().resolve(name.path()).resolve("inside"));
        assertThatThrownBy(() -> storage().write(name, ByteBuffer.wrap(new byte[1])))
                .isInstanceOf(StorageException.class);
        try (var inside = Files.list(place().resolve("snapshots"))) {
            assertThat(inside).hasSize(1);
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
