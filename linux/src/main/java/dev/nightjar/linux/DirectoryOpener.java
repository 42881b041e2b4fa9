package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * How directories are opened: paths in pieces that the kernel takes, access times left alone where that is allowed. Each
 * method gives a descriptor or throws; what it opened on the way is closed.
 */
final class DirectoryOpener {
    private static final int LISTABLE =
            Flags.O_RDONLY | Flags.O_DIRECTORY | Flags.O_CLOEXEC | Flags.O_NONBLOCK | Flags.O_NOATIME;
    /** A step on the way is only passed through, which takes search permission but not read permission. */
    private static final int STEP = Flags.O_PATH | Flags.O_DIRECTORY | Flags.O_CLOEXEC;

    private static final long BENEATH = Flags.RESOLVE_BENEATH | Flags.RESOLVE_NO_SYMLINKS | Flags.RESOLVE_NO_MAGICLINKS;
    /** Longest piece: a component may make it 256 longer. */
    private static final int PIECE = Flags.PATH_MAX - 257;

    private DirectoryOpener() {}

    /** One call that opens a piece of a path below a descriptor. */
    @FunctionalInterface
    private interface Step {
        int open(Scratch s, int directory, MemorySegment path, int flags);
    }

    /** By a path that may lead through symbolic links. */
    static int open(BytePath path) throws LinuxException {
        Scratch s = Scratch.get();
        return inPieces(s, Flags.AT_FDCWD, path, "openat", path::toString, DirectoryOpener::openFollowing);
    }

    /** By a path that never leaves the directory and leads through no symbolic link. */
    static int openBeneath(int directory, BytePath relative, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        return inPieces(
                s,
                directory,
                relative,
                "openat2",
                () -> new Place(place, relative.rawBytes()).toString(),
                DirectoryOpener::openConfined);
    }

    /** By a name that is no symbolic link. */
    static int openChild(int directory, Name name, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        int fd = openQuietly(
                s,
                directory,
                s.path(name.rawBytes()),
                LISTABLE | Flags.O_NOFOLLOW,
                (t, d, p, flags) -> FileCalls.openat(t, d, p, flags, 0));
        if (fd < 0) {
            throw LinuxException.of("openat", place.below(name).toString(), -fd);
        }
        return fd;
    }

    private static int inPieces(Scratch s, int from, BytePath path, String call, Supplier<String> file, Step step)
            throws LinuxException {
        byte[] bytes = path.isEmpty() ? new byte[] {'.'} : path.rawBytes();
        int at = 0;
        int directory = from;
        while (true) {
            int end = pieceEnd(bytes, at);
            boolean last = end == bytes.length;
            MemorySegment piece = s.path(Arrays.copyOfRange(bytes, at, end));
            int fd = last ? openQuietly(s, directory, piece, LISTABLE, step) : step.open(s, directory, piece, STEP);
            if (directory != from) {
                FileCalls.close(s, directory);
            }
            if (fd < 0) {
                throw LinuxException.of(call, file.get(), -fd);
            }
            if (last) {
                return fd;
            }
            directory = fd;
            at = end + 1;
        }
    }

    /** The end of the piece that begins at {@code at}: the end of the path, or a slash. */
    private static int pieceEnd(byte[] bytes, int at) {
        if (bytes.length - at < Flags.PATH_MAX) {
            return bytes.length;
        }
        int end = at + PIECE;
        while (end < bytes.length && bytes[end] != '/') {
            end++;
        }
        return end;
    }

    private static int openFollowing(Scratch s, int directory, MemorySegment path, int flags) {
        return FileCalls.openat(s, directory, path, flags, 0);
    }

    private static int openConfined(Scratch s, int directory, MemorySegment path, int flags) {
        return FileCalls.openat2(s, directory, path, OpenHowLayout.fill(s.struct, flags, BENEATH));
    }

    /** O_NOATIME is for the owner and for CAP_FOWNER only; everyone else may still read. */
    private static int openQuietly(Scratch s, int directory, MemorySegment path, int flags, Step step) {
        int fd = step.open(s, directory, path, flags);
        return fd == -Errno.EPERM ? step.open(s, directory, path, flags & ~Flags.O_NOATIME) : fd;
    }
}
