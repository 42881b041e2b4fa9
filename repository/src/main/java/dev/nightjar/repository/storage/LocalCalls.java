package dev.nightjar.repository.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;

/** What a local storage does to the disk, call by call; a door for tests that cut the power in between. */
interface LocalCalls {
    /** The system's own. */
    LocalCalls SYSTEM = new LocalCalls() {};

    default FileChannel create(Path file, FileAttribute<Set<PosixFilePermission>> mode) throws IOException {
        return FileChannel.open(file, Set.of(StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW), mode);
    }

    default void force(Path file, FileChannel channel) throws IOException {
        channel.force(true);
    }

    default void mode(Path file, Set<PosixFilePermission> mode) throws IOException {
        Files.setPosixFilePermissions(file, mode);
    }

    default void rename(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    }

    default void forceDirectory(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /** Whether it was there. */
    default boolean remove(Path file) throws IOException {
        return Files.deleteIfExists(file);
    }

    default void createDirectory(Path directory, FileAttribute<Set<PosixFilePermission>> mode) throws IOException {
        Files.createDirectory(directory, mode);
    }
}
