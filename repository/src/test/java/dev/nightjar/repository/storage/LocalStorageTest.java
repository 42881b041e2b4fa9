package dev.nightjar.repository.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.linux.ErrorText;
import dev.nightjar.repository.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
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

    /** Whichever call of the system fails: an error of ours, and nothing under any name. */
    @Test
    void leavesNothingBehindWhenAnyCallFails() throws Exception {
        FileName name = name(FileKind.DATA, 1);
        Path shard = place().resolve(name.path()).getParent();
        int failures = 0;
        for (boolean failed = true; failed; failures++) {
            int failing = failures;
            AtomicInteger calls = new AtomicInteger();
            LocalStorage broken = new LocalStorage(place(), new FailingCalls(() -> calls.getAndIncrement() == failing));
            try {
                broken.write(name, ByteBuffer.wrap(new byte[100]), ByteBuffer.wrap(new byte[10]));
                failed = false;
            } catch (StorageException e) {
                assertThat(e.kind()).isEqualTo(StorageException.Kind.NO_SPACE);
                try (var inside = Files.list(shard)) {
                    assertThat(inside).as("after call " + failing).isEmpty();
                }
            }
        }
        assertThat(failures)
                .as("create, sync, mode, rename, sync of the directory")
                .isEqualTo(6);
        assertThat(storage().size(name)).isEqualTo(110);
    }

    /** The numbers are known only by the C library's words for them, which may be of any language. */
    @Test
    void knowsARefusalByTheSystemsOwnWords() throws Exception {
        try (FileChannel full = FileChannel.open(Path.of("/dev/full"), StandardOpenOption.WRITE)) {
            assertThatThrownBy(() -> full.write(ByteBuffer.wrap(new byte[1])))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            e -> assertThat(LocalErrors.classify("cannot write", place(), e))
                                    .isInstanceOfSatisfying(
                                            StorageException.class,
                                            s -> assertThat(s.kind()).isEqualTo(StorageException.Kind.NO_SPACE)));
        }
        for (int errno : new int[] {107, 110, 112, 113, 116}) {
            IOException lost = new IOException(ErrorText.of(errno));
            assertThat(LocalErrors.classify("cannot write", place(), lost))
                    .isInstanceOfSatisfying(
                            StorageException.class,
                            s -> assertThat(s.kind())
                                    .as(ErrorText.of(errno))
                                    .isEqualTo(StorageException.Kind.TRANSIENT));
        }
        assertThat(LocalErrors.classify("cannot read", place(), new IOException(ErrorText.of(5))))
                .isInstanceOfSatisfying(
                        StorageException.class,
                        s -> assertThat(s.kind()).isEqualTo(StorageException.Kind.INPUT_OUTPUT));
    }

    /** Fails when asked to, as a full disk does. */
    private record FailingCalls(BooleanSupplier fails) implements LocalCalls {
        private void check() throws IOException {
            if (fails.getAsBoolean()) {
                throw new IOException(ErrorText.of(28));
            }
        }

        @Override
        public FileChannel create(Path file, FileAttribute<Set<PosixFilePermission>> mode) throws IOException {
            check();
            return LocalCalls.super.create(file, mode);
        }

        @Override
        public void force(Path file, FileChannel channel) throws IOException {
            check();
            LocalCalls.super.force(file, channel);
        }

        @Override
        public void mode(Path file, Set<PosixFilePermission> mode) throws IOException {
            check();
            LocalCalls.super.mode(file, mode);
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            check();
            LocalCalls.super.rename(from, to);
        }

        @Override
        public void forceDirectory(Path place) throws IOException {
            check();
            LocalCalls.super.forceDirectory(place);
        }
    }

    private static String mode(Path file) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }
}
