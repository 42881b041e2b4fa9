package dev.nightjar.linux;

import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Directories streamed through a buffer, from the first entry to the last. */
final class Listing {
    private Listing() {}

    /** Told each record in the buffer. */
    @FunctionalInterface
    private interface Records {
        void record(MemorySegment buffer, long at) throws IOException;
    }

    static void entries(int fd, Place place, EntryVisitor visitor) throws IOException {
        stream(
                fd,
                place,
                (buffer, at) ->
                        visitor.entry(DirentLayout.name(buffer, at), FileType.ofDirent(DirentLayout.type(buffer, at))));
    }

    /** Looks at each name where it lies in the kernel's buffer: one call an entry, and no copy but the one handed on. */
    static void looks(int fd, Place place, Counters counters, LookVisitor visitor) throws IOException {
        Scratch s = Scratch.get();
        int flags = Flags.AT_SYMLINK_NOFOLLOW | Flags.AT_NO_AUTOMOUNT;
        stream(fd, place, (buffer, at) -> {
            counters.looked();
            int result = FileCalls.statx(s, fd, buffer.asSlice(at + DirentLayout.NAME), flags, s.struct);
            Name name = DirentLayout.name(buffer, at);
            if (result == 0) {
                visitor.found(name, StatxLayout.decode(s.struct));
            } else if (result == -Errno.ENOENT) {
                visitor.missing(name);
            } else {
                visitor.failed(
                        name, LinuxException.of("statx", place.below(name).toString(), -result));
            }
        });
    }

    private static void stream(int fd, Place place, Records records) throws IOException {
        Scratch s = Scratch.get();
        MemorySegment buffer = s.takeDirents();
        try {
            check("lseek", place, FileCalls.seek(s, fd, 0));
            while (true) {
                long filled = check("getdents64", place, FileCalls.getdents(s, fd, buffer));
                if (filled == 0) {
                    return;
                }
                for (long at = 0; at < filled; at += DirentLayout.recordLength(buffer, at)) {
                    if (!DirentLayout.isDots(buffer, at)) {
                        records.record(buffer, at);
                    }
                }
            }
        } finally {
            s.giveBackDirents(buffer);
        }
    }

    private static long check(String call, Place place, long result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, place.toString(), (int) -result);
        }
        return result;
    }
}
