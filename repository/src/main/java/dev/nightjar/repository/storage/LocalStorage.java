package dev.nightjar.repository.storage;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A repository in a directory of this machine, in restic's default layout. Thread-safe; holds nothing open between calls
 * (C16).
 *
 * <p>A file is written under {@code <name>-tmp-<random>} beside its place, synced, renamed, and its directory synced;
 * before a snapshot, the index files' directory, too.
 * Modes are restic's: directories 0700, finished files 0400, with the group's bits if the config is group-readable.
 */
public final class LocalStorage implements Storage {
    /** The JDK keeps a buffer as large as the largest transfer for each thread. */
    private static final int SLICE = 256 << 10;

    private static final int INVALID = 22;
    private static final int NOT_SUPPORTED = 95;

    private final Path directory;
    private final LocalCalls calls;
    private final SecureRandom random = new SecureRandom();

    /** A repository at or to be made at {@code directory}; nothing is touched. */
    public LocalStorage(Path directory) {
        this(directory, LocalCalls.SYSTEM);
    }

    LocalStorage(Path directory, LocalCalls calls) {
        this.directory = directory;
        this.calls = calls;
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public boolean exists() throws RepositoryException {
        try {
            return Files.readAttributes(directory, BasicFileAttributes.class).isDirectory();
        } catch (NoSuchFileException e) {
            return false;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot look into " + directory, directory, e);
        }
    }

    @Override
    public void create() throws RepositoryException {
        try {
            createDirectories(directory);
            for (FileKind kind : FileKind.values()) {
                if (kind != FileKind.CONFIG) {
                    createDirectory(directory.resolve(kind.directory()));
                }
            }
            Path data = directory.resolve(FileKind.DATA.directory());
            for (int shard = 0; shard < 256; shard++) {
                createDirectory(data.resolve(HexFormat.of().toHexDigits((byte) shard)));
            }
            sync(data);
            sync(directory);
        } catch (IOException e) {
            throw LocalErrors.classify("cannot make " + directory, directory, e);
        }
    }

    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        if (kind == FileKind.CONFIG) {
            throw new IllegalArgumentException("there is one config, and it has no id");
        }
        Path top = directory.resolve(kind.directory());
        if (kind != FileKind.DATA) {
            listOne(top, visitor);
            return;
        }
        try (DirectoryStream<Path> shards = Files.newDirectoryStream(top)) {
            for (Path shard : shards) {
                if (shard.getFileName().toString().length() == 2) {
                    listOne(shard, visitor);
                }
            }
        } catch (NoSuchFileException e) {
            // A storage without any such file has no such directory either.
            return;
        } catch (DirectoryIteratorException e) {
            throw LocalErrors.classify("cannot list " + top, top, LocalErrors.cause(e));
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot list " + top, top, e);
        }
    }

    private void listOne(Path place, ListVisitor visitor) throws RepositoryException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(place)) {
            for (Path file : files) {
                Id id = Id.parseOrNull(file.getFileName().toString());
                if (id != null) {
                    tell(file, id, visitor);
                }
            }
        } catch (NoSuchFileException | NotDirectoryException e) {
            return;
        } catch (DirectoryIteratorException e) {
            throw LocalErrors.classify("cannot list " + place, place, LocalErrors.cause(e));
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot list " + place, place, e);
        }
    }

    private static void tell(Path file, Id id, ListVisitor visitor) throws IOException {
        long size;
        try {
            size = Files.size(file);
        } catch (NoSuchFileException e) {
            // Removed since the directory was read.
            return;
        }
        visitor.file(id, size);
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        Path file = directory.resolve(name.path());
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw LocalErrors.classify("cannot look at " + file, directory, e);
        }
    }

    @Override
    public @Nullable Instant modified(FileName name) throws RepositoryException {
        Path file = directory.resolve(name.path());
        try {
            return Files.getLastModifiedTime(file).toInstant();
        } catch (NoSuchFileException e) {
            return null;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot look at " + file, directory, e);
        }
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        Path file = directory.resolve(name.path());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long size = channel.size();
            if (size > Integer.MAX_VALUE - 8) {
                throw new IOException("it is larger than 2 GiB");
            }
            byte[] bytes = new byte[(int) size];
            read(channel, 0, bytes, bytes.length);
            return bytes;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot read " + file, directory, e);
        }
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        Path file = directory.resolve(name.path());
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            read(channel, offset, into, length);
        } catch (IOException e) {
            throw LocalErrors.classify("cannot read " + file, directory, e);
        }
    }

    private static void read(FileChannel channel, long offset, byte[] into, int length) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(into, 0, length);
        while (bytes.hasRemaining()) {
            int end = Math.min(length, bytes.position() + SLICE);
            bytes.limit(end);
            if (channel.read(bytes, offset + bytes.position()) < 0) {
                throw new EOFException("it ends after " + (offset + bytes.position()) + " bytes");
            }
            bytes.limit(length);
        }
    }

    @Override
    public void write(FileName name, ByteBuffer... content) throws RepositoryException {
        Path file = directory.resolve(name.path());
        Path temporary = file.resolveSibling(file.getFileName() + "-tmp-" + Integer.toUnsignedString(random.nextInt()));
        boolean group = name.kind() != FileKind.CONFIG && groupReadable();
        boolean done = false;
        boolean renamed = false;
        try {
            if (name.kind() == FileKind.SNAPSHOT) {
                // It may count on an index file that a killed process could rename, and not sync any more.
                sync(directory.resolve(FileKind.INDEX.directory()));
            }
            try (FileChannel channel = openNew(temporary, name, group)) {
                long length = 0;
                for (ByteBuffer piece : content) {
                    length += piece.remaining();
                    writeAll(channel, piece.duplicate());
                }
                if (channel.size() != length) {
                    throw new IOException("it has " + channel.size() + " bytes after writing " + length);
                }
                syncFile(temporary, channel);
            }
            calls.mode(temporary, PosixFilePermissions.fromString(group ? "r--r-----" : "r--------"));
            calls.rename(temporary, file);
            renamed = true;
            sync(parent(file));
            done = true;
        } catch (IOException e) {
            throw LocalErrors.classify("cannot write " + file, directory, e);
        } finally {
            if (!done) {
                removeQuietly(renamed ? file : temporary);
            }
        }
    }

    private FileChannel openNew(Path temporary, FileName name, boolean group) throws IOException {
        FileAttribute<Set<PosixFilePermission>> mode = PosixFilePermissions.asFileAttribute(
                PosixFilePermissions.fromString(group ? "rw-r-----" : "rw-------"));
        try {
            return calls.create(temporary, mode);
        } catch (NoSuchFileException e) {
            if (name.kind() != FileKind.DATA) {
                throw e;
            }
            // One level only: data/ itself is missing when the disk is not mounted, and must not be made then (C16).
            createDirectory(parent(temporary));
            sync(parent(parent(temporary)));
            return calls.create(temporary, mode);
        }
    }

    private static void writeAll(FileChannel channel, ByteBuffer content) throws IOException {
        int end = content.limit();
        while (content.position() < end) {
            content.limit(Math.min(end, content.position() + SLICE));
            channel.write(content);
            content.limit(end);
        }
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        Path file = directory.resolve(name.path());
        try {
            boolean removed = calls.remove(file);
            if (removed && name.kind() != FileKind.LOCK && name.kind() != FileKind.DATA) {
                sync(parent(file));
            }
        } catch (IOException e) {
            throw LocalErrors.classify("cannot remove " + file, directory, e);
        }
    }

    @Override
    public long freeSpace() {
        return directory.toFile().getUsableSpace();
    }

    @Override
    public void close() {}

    private boolean groupReadable() {
        try {
            return Files.getPosixFilePermissions(directory.resolve(FileName.CONFIG.path()))
                    .contains(PosixFilePermission.GROUP_READ);
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    private void createDirectories(Path place) throws IOException {
        if (Files.isDirectory(place)) {
            return;
        }
        Path above = place.toAbsolutePath().getParent();
        if (above != null) {
            createDirectories(above);
        }
        createDirectory(place);
        if (above != null) {
            sync(above);
        }
    }

    private void createDirectory(Path place) throws IOException {
        String mode = groupReadable() ? "rwxr-x---" : "rwx------";
        try {
            calls.createDirectory(place, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode)));
        } catch (FileAlreadyExistsException e) {
            if (!Files.isDirectory(place)) {
                throw e;
            }
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? Path.of(".") : parent;
    }

    private void removeQuietly(Path file) {
        try {
            var _ = calls.remove(file);
        } catch (IOException e) {
            System.getLogger(LocalStorage.class.getName())
                    .log(System.Logger.Level.WARNING, "cannot remove " + file + ": " + e.getMessage());
        }
    }

    private void syncFile(Path file, FileChannel channel) throws IOException {
        try {
            calls.force(file, channel);
        } catch (IOException e) {
            if (!LocalErrors.says(e, NOT_SUPPORTED)) {
                throw e;
            }
        }
    }

    /** Some file systems cannot sync a directory (SMB: restic issue 3720). */
    private void sync(Path place) throws IOException {
        try {
            calls.forceDirectory(place);
        } catch (IOException e) {
            if (!LocalErrors.says(e, NOT_SUPPORTED) && !LocalErrors.says(e, INVALID)) {
                throw e;
            }
        }
    }
}
