package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.callLong;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls that open, look at, read and write. Each returns its result, or a negated errno. */
final class FileCalls {
    private static final MemorySegment OPENAT = function("openat");
    private static final MemorySegment SYSCALL = function("syscall");
    private static final MemorySegment CLOSE = function("close");
    private static final MemorySegment STATX = function("statx");
    private static final MemorySegment GETDENTS = function("getdents64");
    private static final MemorySegment LSEEK = function("lseek");
    private static final MemorySegment READLINKAT = function("readlinkat");
    private static final MemorySegment READ = function("read");
    private static final MemorySegment PREAD = function("pread");
    private static final MemorySegment WRITE = function("write");
    private static final MemorySegment PWRITE = function("pwrite");
    private static final MemorySegment FTRUNCATE = function("ftruncate");
    private static final MemorySegment FSYNC = function("fsync");
    private static final MemorySegment FADVISE = function("posix_fadvise");
    private static final MemorySegment SYNC_RANGE = function("sync_file_range");

    private FileCalls() {}

    static int openat(Scratch s, int directory, MemorySegment path, int flags, int mode) {
        int fd;
        do {
            fd = callInt(OPENAT, s, directory, path.address(), flags, mode, 0);
        } while (fd == -Errno.EINTR);
        return fd;
    }

    static int openat2(Scratch s, int directory, MemorySegment path, MemorySegment how) {
        long number = Architecture.current().openat2;
        long size = OpenHowLayout.LAYOUT.byteSize();
        long fd;
        do {
            fd = callLong(SYSCALL, s, number, directory, path.address(), how.address(), size);
            // EAGAIN: a rename somewhere kept the kernel from proving RESOLVE_BENEATH; it asks to try again.
        } while (fd == -Errno.EINTR || fd == -Errno.EAGAIN);
        return (int) fd;
    }

    /** Never tried again after EINTR: Linux has released the descriptor by then. */
    static int close(Scratch s, int fd) {
        return callInt(CLOSE, s, fd, 0, 0, 0, 0);
    }

    static int statx(Scratch s, int directory, MemorySegment path, int flags, MemorySegment out) {
        int mask = Flags.STATX_BASIC_STATS | Flags.STATX_MNT_ID;
        return callInt(STATX, s, directory, path.address(), flags, mask, out.address());
    }

    static long getdents(Scratch s, int fd, MemorySegment into) {
        return callLong(GETDENTS, s, fd, into.address(), into.byteSize(), 0, 0);
    }

    /** To an offset from the beginning. */
    static long seek(Scratch s, int fd, long offset) {
        int fromStart = 0;
        return callLong(LSEEK, s, fd, offset, fromStart, 0, 0);
    }

    static long readlinkat(Scratch s, int directory, MemorySegment path, MemorySegment into) {
        return callLong(READLINKAT, s, directory, path.address(), into.address(), into.byteSize(), 0);
    }

    static long read(Scratch s, int fd, MemorySegment into, long length) {
        long n;
        do {
            n = callLong(READ, s, fd, into.address(), length, 0, 0);
        } while (n == -Errno.EINTR);
        return n;
    }

    static long pread(Scratch s, int fd, MemorySegment into, long length, long offset) {
        long n;
        do {
            n = callLong(PREAD, s, fd, into.address(), length, offset, 0);
        } while (n == -Errno.EINTR);
        return n;
    }

    static long write(Scratch s, int fd, MemorySegment from, long length) {
        long n;
        do {
            n = callLong(WRITE, s, fd, from.address(), length, 0, 0);
        } while (n == -Errno.EINTR);
        return n;
    }

    static long pwrite(Scratch s, int fd, MemorySegment from, long length, long offset) {
        long n;
        do {
            n = callLong(PWRITE, s, fd, from.address(), length, offset, 0);
        } while (n == -Errno.EINTR);
        return n;
    }

    static int ftruncate(Scratch s, int fd, long size) {
        return callInt(FTRUNCATE, s, fd, size, 0, 0, 0);
    }

    static int fsync(Scratch s, int fd) {
        return callInt(FSYNC, s, fd, 0, 0, 0, 0);
    }

    /** posix_fadvise returns its error instead of setting errno. */
    static int fadvise(Scratch s, int fd, long offset, long length, int advice) {
        return -callInt(FADVISE, s, fd, offset, length, advice, 0);
    }

    static int syncRange(Scratch s, int fd, long offset, long length, int flags) {
        return callInt(SYNC_RANGE, s, fd, offset, length, flags, 0);
    }
}
