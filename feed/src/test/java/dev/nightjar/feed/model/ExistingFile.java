package dev.nightjar.feed.model;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.LinuxException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;

/** Opens files that exist for writing, as programs do. Names that Java cannot say are left alone. */
final class ExistingFile {
    private ExistingFile() {}

    interface Work {
        void run() throws LinuxException;
    }

    static void overwrite(BytePath path, byte[] bytes) throws IOException {
        try (FileChannel file = open(path)) {
            write(file, bytes);
        }
    }

    static void append(BytePath path, byte[] bytes) throws IOException {
        appendAndThen(path, bytes, () -> {});
    }

    static void appendAndThen(BytePath path, byte[] bytes, Work work) throws IOException {
        try (FileChannel file = open(path)) {
            work.run();
            file.position(file.size());
            write(file, bytes);
        }
    }

    static void truncate(BytePath path, long size) throws IOException {
        try (FileChannel file = open(path)) {
            file.truncate(size);
        }
    }

    private static void write(FileChannel file, byte[] bytes) throws IOException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
            file.write(buffer);
        }
    }

    /** Opens it for reading too: if another program has put a FIFO there, one for writing alone would wait for its reader. */
    private static FileChannel open(BytePath path) throws IOException {
        String text = path.toString();
        if (!text.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new FileSystemException(text, null, "not a name that Java can say");
        }
        return FileChannel.open(
                Path.of(text), Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS));
    }
}
