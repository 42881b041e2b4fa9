package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls that make, move, remove and dress names in a directory. Each returns zero or more, or a negated errno. */
final class NameCalls {
    private static final MemorySegment MKDIRAT = function("mkdirat");
    private static final MemorySegment SYMLINKAT = function("symlinkat");
    private static final MemorySegment MKNODAT = function("mknodat");
    private static final MemorySegment LINKAT = function("linkat");
    private static final MemorySegment RENAMEAT2 = function("renameat2");
    private static final MemorySegment UNLINKAT = function("unlinkat");
    private static final MemorySegment FCHOWNAT = function("fchownat");
    private static final MemorySegment FCHOWN = function("fchown");
    private static final MemorySegment FCHMODAT = function("fchmodat");
    private static final MemorySegment FCHMOD = function("fchmod");
    private static final MemorySegment UTIMENSAT = function("utimensat");
    private static final MemorySegment FUTIMENS = function("futimens");
    private static final MemorySegment FLOCK = function("flock");

    private NameCalls() {}

    static int mkdirat(Scratch s, int directory, MemorySegment path, int mode) {
        return callInt(MKDIRAT, s, directory, path.address(), mode, 0, 0);
    }

    static int symlinkat(Scratch s, MemorySegment target, int directory, MemorySegment path) {
        return callInt(SYMLINKAT, s, target.address(), directory, path.address(), 0, 0);
    }

    static int mknodat(Scratch s, int directory, MemorySegment path, int mode, long device) {
        return callInt(MKNODAT, s, directory, path.address(), mode, device, 0);
    }

    /** Of the name itself: a symbolic link is not followed. */
    static int linkat(Scratch s, int from, MemorySegment name, int to, MemorySegment newName) {
        return callInt(LINKAT, s, from, name.address(), to, newName.address(), 0);
    }

    /** Of what the name leads to, if it is a symbolic link, also one of {@code /proc/self/fd}. */
    static int linkatFollowing(Scratch s, int from, MemorySegment name, int to, MemorySegment newName) {
        return callInt(LINKAT, s, from, name.address(), to, newName.address(), Flags.AT_SYMLINK_FOLLOW);
    }

    static int renameat2(Scratch s, int from, MemorySegment name, int to, MemorySegment newName, int flags) {
        return callInt(RENAMEAT2, s, from, name.address(), to, newName.address(), flags);
    }

    static int unlinkat(Scratch s, int directory, MemorySegment path, int flags) {
        return callInt(UNLINKAT, s, directory, path.address(), flags, 0, 0);
    }

    static int fchownat(Scratch s, int directory, MemorySegment path, int uid, int gid) {
        return callInt(FCHOWNAT, s, directory, path.address(), uid, gid, Flags.AT_SYMLINK_NOFOLLOW);
    }

    static int fchown(Scratch s, int fd, int uid, int gid) {
        return callInt(FCHOWN, s, fd, uid, gid, 0, 0);
    }

    /** glibc does this without following links, through /proc where the kernel is older than 6.6. */
    static int fchmodat(Scratch s, int directory, MemorySegment path, int mode) {
        return callInt(FCHMODAT, s, directory, path.address(), mode, Flags.AT_SYMLINK_NOFOLLOW, 0);
    }

    static int fchmod(Scratch s, int fd, int mode) {
        return callInt(FCHMOD, s, fd, mode, 0, 0, 0);
    }

    static int utimensat(Scratch s, int directory, MemorySegment path, MemorySegment times) {
        return callInt(UTIMENSAT, s, directory, path.address(), times.address(), Flags.AT_SYMLINK_NOFOLLOW, 0);
    }

    static int flock(Scratch s, int fd, int operation) {
        return callInt(FLOCK, s, fd, operation, 0, 0, 0);
    }

    static int futimens(Scratch s, int fd, MemorySegment times) {
        return callInt(FUTIMENS, s, fd, times.address(), 0, 0, 0);
    }
}
