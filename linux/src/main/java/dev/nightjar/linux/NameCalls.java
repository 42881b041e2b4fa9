package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.LONG;
import static dev.nightjar.linux.Libc.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls that make, move, remove and dress names in a directory. Each returns zero or more, or a negated errno. */
final class NameCalls {
    private static final MethodHandle MKDIRAT = Libc.ofInt("mkdirat", INT, POINTER, INT);
    private static final MethodHandle SYMLINKAT = Libc.ofInt("symlinkat", POINTER, INT, POINTER);
    private static final MethodHandle MKNODAT = Libc.ofInt("mknodat", INT, POINTER, INT, LONG);
    private static final MethodHandle LINKAT = Libc.ofInt("linkat", INT, POINTER, INT, POINTER, INT);
    private static final MethodHandle RENAMEAT2 = Libc.ofInt("renameat2", INT, POINTER, INT, POINTER, INT);
    private static final MethodHandle UNLINKAT = Libc.ofInt("unlinkat", INT, POINTER, INT);
    private static final MethodHandle FCHOWNAT = Libc.ofInt("fchownat", INT, POINTER, INT, INT, INT);
    private static final MethodHandle FCHOWN = Libc.ofInt("fchown", INT, INT, INT);
    private static final MethodHandle FCHMODAT = Libc.ofInt("fchmodat", INT, POINTER, INT, INT);
    private static final MethodHandle FCHMOD = Libc.ofInt("fchmod", INT, INT);
    private static final MethodHandle UTIMENSAT = Libc.ofInt("utimensat", INT, POINTER, POINTER, INT);
    private static final MethodHandle FUTIMENS = Libc.ofInt("futimens", INT, POINTER);

    private NameCalls() {}

    static int mkdirat(Scratch s, int directory, MemorySegment path, int mode) {
        try {
            return Libc.result((int) MKDIRAT.invokeExact(s.capture, directory, path, mode), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int symlinkat(Scratch s, MemorySegment target, int directory, MemorySegment path) {
        try {
            return Libc.result((int) SYMLINKAT.invokeExact(s.capture, target, directory, path), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int mknodat(Scratch s, int directory, MemorySegment path, int mode, long device) {
        try {
            return Libc.result((int) MKNODAT.invokeExact(s.capture, directory, path, mode, device), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Of the name itself: a symbolic link is not followed. */
    static int linkat(Scratch s, int from, MemorySegment name, int to, MemorySegment newName) {
        try {
            return Libc.result((int) LINKAT.invokeExact(s.capture, from, name, to, newName, 0), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int renameat2(Scratch s, int from, MemorySegment name, int to, MemorySegment newName, int flags) {
        try {
            return Libc.result((int) RENAMEAT2.invokeExact(s.capture, from, name, to, newName, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int unlinkat(Scratch s, int directory, MemorySegment path, int flags) {
        try {
            return Libc.result((int) UNLINKAT.invokeExact(s.capture, directory, path, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fchownat(Scratch s, int directory, MemorySegment path, int uid, int gid) {
        int flags = Flags.AT_SYMLINK_NOFOLLOW;
        try {
            return Libc.result((int) FCHOWNAT.invokeExact(s.capture, directory, path, uid, gid, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fchown(Scratch s, int fd, int uid, int gid) {
        try {
            return Libc.result((int) FCHOWN.invokeExact(s.capture, fd, uid, gid), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** glibc does this without following links, through /proc where the kernel is older than 6.6. */
    static int fchmodat(Scratch s, int directory, MemorySegment path, int mode) {
        int flags = Flags.AT_SYMLINK_NOFOLLOW;
        try {
            return Libc.result((int) FCHMODAT.invokeExact(s.capture, directory, path, mode, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fchmod(Scratch s, int fd, int mode) {
        try {
            return Libc.result((int) FCHMOD.invokeExact(s.capture, fd, mode), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int utimensat(Scratch s, int directory, MemorySegment path, MemorySegment times) {
        int flags = Flags.AT_SYMLINK_NOFOLLOW;
        try {
            return Libc.result((int) UTIMENSAT.invokeExact(s.capture, directory, path, times, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int futimens(Scratch s, int fd, MemorySegment times) {
        try {
            return Libc.result((int) FUTIMENS.invokeExact(s.capture, fd, times), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
