package dev.nightjar.engine;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import dev.nightjar.repository.ByteSource;
import dev.nightjar.repository.FileSource;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one file (C13): what {@code fstat} said before the first byte and after the last. The fields are written
 * by the pipeline's thread and may be read by others once the future of the reading is done.
 */
final class FileReading implements FileSource {
    private final SourceDirectory parent;
    private final Line line;
    private volatile @Nullable Stat before;
    private volatile @Nullable Stat after;
    private volatile long nanos;

    FileReading(SourceDirectory parent, Line line) {
        this.parent = parent;
        this.line = line;
    }

    @Override
    public ByteSource open() throws IOException {
        long begun = System.nanoTime();
        Directory directory = parent.open();
        OpenFile file = directory.openFile(line.entry().name());
        try {
            Stat stat = file.stat();
            if (stat.type() != FileType.FILE) {
                throw new NoLongerFileException();
            }
            before = stat;
            return new Source(file, stat.size(), begun);
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    /** Where the file is. */
    SourceDirectory parent() {
        return parent;
    }

    /** The line of the file. */
    Line line() {
        return line;
    }

    /** What the file was before its first byte was read; null if it could not be opened. */
    @Nullable
    Stat before() {
        return before;
    }

    /** Whether the file held still while it was read. */
    boolean still() {
        Stat first = before;
        Stat last = after;
        return first != null && last != null && same(first, last);
    }

    /** How long it took. */
    long nanos() {
        return nanos;
    }

    private static boolean same(Stat a, Stat b) {
        return a.inode() == b.inode()
                && a.size() == b.size()
                && a.mtime().equals(b.mtime())
                && a.ctime().equals(b.ctime());
    }

    /** Another kind of file has the name now. */
    static final class NoLongerFileException extends IOException {
        private NoLongerFileException() {
            super("it is not a regular file any more");
        }
    }

    /** Whether the failure says that the file, as the catalog knows it, is not there. */
    static boolean vanished(Throwable failure) {
        return switch (failure) {
            case NotFoundException gone -> true;
            case NoLongerFileException other -> true;
            // It is a symbolic link now, or a socket.
            case LinuxException refused ->
                refused.errnoName().equals("ELOOP") || refused.errnoName().equals("ENXIO");
            default -> false;
        };
    }

    private final class Source implements ByteSource {
        /** Of a file that says it is empty, and may not be: some filesystems do not know sizes. */
        private static final long MOST_OF_NOTHING = 64 << 20;

        private final OpenFile file;
        private final long begun;
        /** Bytes still to come. */
        private long left;

        Source(OpenFile file, long size, long begun) {
            this.file = file;
            this.left = size == 0 ? MOST_OF_NOTHING : size;
            this.begun = begun;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            if (after != null) {
                return -1;
            }
            // No further than the file reached when it was opened: one that grows as fast as it is read has no end.
            int count = left == 0 ? -1 : file.read(buffer, offset, (int) Math.min(length, left));
            if (count < 0) {
                after = file.stat();
                return -1;
            }
            left -= count;
            return count;
        }

        @Override
        public void close() throws IOException {
            nanos = System.nanoTime() - begun;
            file.close();
        }
    }
}
