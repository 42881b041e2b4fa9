package dev.nightjar.repository.index;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Where the regions of a table come from: zeroed memory, or the files of a directory. */
final class Memory {
    private static final int ZEROS = 1 << 20;

    private final @Nullable Path directory;

    private Memory(@Nullable Path directory) {
        this.directory = directory;
    }

    /** Plain memory. */
    static Memory plain() {
        return new Memory(null);
    }

    /** Files in this directory. */
    static Memory files(Path directory) {
        return new Memory(directory);
    }

    /**
     * A region of {@code size} bytes, at {@code offset} of the file called {@code name}. What the file lacks is written
     * as zeros first: storing into a hole of a mapped file on a full disk would end the process.
     */
    MemorySegment region(String name, long offset, long size, Arena arena) throws IOException {
        if (directory == null) {
            return arena.allocate(size, Long.BYTES);
        }
        try (FileChannel channel = FileChannel.open(
                directory.resolve(name),
                StandardOpenOption.READ,
                StandardOpenOption.WRITE,
                StandardOpenOption.CREATE)) {
            ByteBuffer zeros = ByteBuffer.allocateDirect((int) Math.min(ZEROS, size));
            for (long at = Math.max(channel.size(), 0); at < offset + size; ) {
                zeros.clear().limit((int) Math.min(zeros.capacity(), offset + size - at));
                at += channel.write(zeros, at);
            }
            return channel.map(FileChannel.MapMode.READ_WRITE, offset, size, arena);
        }
    }

    /** The size of a file of the directory; 0 if it is not there. */
    long size(String name) throws IOException {
        return directory == null || !Files.exists(directory.resolve(name)) ? 0 : Files.size(directory.resolve(name));
    }

    void remove(String name) throws IOException {
        if (directory != null) {
            Files.deleteIfExists(directory.resolve(name));
        }
    }
}
