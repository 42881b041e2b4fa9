package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.LONG;
import static dev.nightjar.linux.Libc.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls that open, look at, read and write. Each returns its result, or a negated errno. */
final class FileCalls {
    private static final MethodHandle OPENAT = Libc.ofIntVariadic("openat", 3, INT, POINTER, INT, INT);
    private static final MethodHandle SYSCALL4 = Libc.ofLongVariadic("syscall", 1, LONG, INT, POINTER, POINTER, LONG);
    private static final MethodHandle CLOSE = Libc.ofInt("close", INT);
    private static final MethodHandle STATX = Libc.ofInt("statx", INT, POINTER, INT, INT, POINTER);
    private static final MethodHandle GETDENTS = Libc.ofLong("getdents64", INT, POINTER, LONG);
    private static final MethodHandle LSEEK = Libc.ofLong("lseek", INT, LONG, INT);
    private static final MethodHandle READLINKAT = Libc.ofLong("readlinkat", INT, POINTER, POINTER, LONG);
    private static final MethodHandle READ = Libc.ofLong("read", INT, POINTER, LONG);
    private static final MethodHandle PREAD = Libc.ofLong("pread", INT, POINTER, LONG, LONG);
    private static final MethodHandle WRITE = Libc.ofLong("write", INT, POINTER, LONG);
    private static final MethodHandle PWRITE = Libc.ofLong("pwrite", INT, POINTER, LONG, LONG);
    private static final MethodHandle FTRUNCATE = Libc.ofInt("ftruncate", INT, LONG);
    private static final MethodHandle FSYNC = Libc.ofInt("fsync", INT);
    private static final MethodHandle FADVISE = Libc.ofInt("posix_fadvise", INT, LONG, LONG, INT);
    private static final MethodHandle SYNC_RANGE = Libc.ofInt("sync_file_range", INT, LONG, LONG, INT);

    private FileCalls() {}

    static int openat(Scratch s, int directory, MemorySegment path, int flags, int mode) {
        try {
            while (true) {
                int fd = Libc.result((int) OPENAT.invokeExact(s.capture, directory, path, flags, mode), s.capture);
                if (fd != -Errno.EINTR) {
                    return fd;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int openat2(Scratch s, int directory, MemorySegment path, MemorySegment how) {
        try {
            while (true) {
                long fd = Libc.result(
                        (long) SYSCALL4.invokeExact(
                                s.capture,
                                Architecture.current().openat2,
                                directory,
                                path,
                                how,
                                OpenHowLayout.LAYOUT.byteSize()),
                        s.capture);
                // EAGAIN: the kernel could not prove RESOLVE_BENEATH because of a rename somewhere; it asks to try
                // again.
                if (fd != -Errno.EINTR && fd != -Errno.EAGAIN) {
                    return (int) fd;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Never tried again after EINTR: Linux has released the descriptor by then. */
    static int close(Scratch s, int fd) {
        try {
            return Libc.result((int) CLOSE.invokeExact(s.capture, fd), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int statx(Scratch s, int directory, MemorySegment path, int flags, MemorySegment out) {
        int mask = Flags.STATX_BASIC_STATS | Flags.STATX_MNT_ID;
        try {
            return Libc.result((int) STATX.invokeExact(s.capture, directory, path, flags, mask, out), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long getdents(Scratch s, int fd, MemorySegment into) {
        try {
            return Libc.result((long) GETDENTS.invokeExact(s.capture, fd, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** To an offset from the beginning. */
    static long seek(Scratch s, int fd, long offset) {
        try {
            return Libc.result((long) LSEEK.invokeExact(s.capture, fd, offset, 0), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long readlinkat(Scratch s, int directory, MemorySegment path, MemorySegment into) {
        try {
            return Libc.result(
                    (long) READLINKAT.invokeExact(s.capture, directory, path, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long read(Scratch s, int fd, MemorySegment into, long length) {
        try {
            while (true) {
                long n = Libc.result((long) READ.invokeExact(s.capture, fd, into, length), s.capture);
                if (n != -Errno.EINTR) {
                    return n;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long pread(Scratch s, int fd, MemorySegment into, long length, long offset) {
        try {
            while (true) {
                long n = Libc.result((long) PREAD.invokeExact(s.capture, fd, into, length, offset), s.capture);
                if (n != -Errno.EINTR) {
                    return n;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long write(Scratch s, int fd, MemorySegment from, long length) {
        try {
            while (true) {
                long n = Libc.result((long) WRITE.invokeExact(s.capture, fd, from, length), s.capture);
                if (n != -Errno.EINTR) {
                    return n;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long pwrite(Scratch s, int fd, MemorySegment from, long length, long offset) {
        try {
            while (true) {
                long n = Libc.result((long) PWRITE.invokeExact(s.capture, fd, from, length, offset), s.capture);
                if (n != -Errno.EINTR) {
                    return n;
                }
            }
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int ftruncate(Scratch s, int fd, long size) {
        try {
            return Libc.result((int) FTRUNCATE.invokeExact(s.capture, fd, size), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fsync(Scratch s, int fd) {
        try {
            return Libc.result((int) FSYNC.invokeExact(s.capture, fd), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** posix_fadvise returns its error instead of setting errno. */
    static int fadvise(Scratch s, int fd, long offset, long length, int advice) {
        try {
            return -(int) FADVISE.invokeExact(s.capture, fd, offset, length, advice);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int syncRange(Scratch s, int fd, long offset, long length, int flags) {
        try {
            return Libc.result((int) SYNC_RANGE.invokeExact(s.capture, fd, offset, length, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
