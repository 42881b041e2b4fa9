package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.callLong;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls about extended attributes, by path (no link followed) and by descriptor. Each returns its result, or a negated errno. */
final class XattrCalls {
    private static final MemorySegment LLIST = function("llistxattr");
    private static final MemorySegment FLIST = function("flistxattr");
    private static final MemorySegment LGET = function("lgetxattr");
    private static final MemorySegment FGET = function("fgetxattr");
    private static final MemorySegment LSET = function("lsetxattr");
    private static final MemorySegment FSET = function("fsetxattr");
    private static final MemorySegment LREMOVE = function("lremovexattr");
    private static final MemorySegment FREMOVE = function("fremovexattr");

    private XattrCalls() {}

    static long list(Scratch s, MemorySegment path, MemorySegment into) {
        return callLong(LLIST, s, path.address(), into.address(), into.byteSize(), 0, 0);
    }

    static long list(Scratch s, int fd, MemorySegment into) {
        return callLong(FLIST, s, fd, into.address(), into.byteSize(), 0, 0);
    }

    static long get(Scratch s, MemorySegment path, MemorySegment name, MemorySegment into) {
        return callLong(LGET, s, path.address(), name.address(), into.address(), into.byteSize(), 0);
    }

    static long get(Scratch s, int fd, MemorySegment name, MemorySegment into) {
        return callLong(FGET, s, fd, name.address(), into.address(), into.byteSize(), 0);
    }

    /** Whether it is there already or not. */
    static int set(Scratch s, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        return callInt(LSET, s, path.address(), name.address(), value.address(), length, 0);
    }

    /** Whether it is there already or not. */
    static int set(Scratch s, int fd, MemorySegment name, MemorySegment value, long length) {
        return callInt(FSET, s, fd, name.address(), value.address(), length, 0);
    }

    static int remove(Scratch s, MemorySegment path, MemorySegment name) {
        return callInt(LREMOVE, s, path.address(), name.address(), 0, 0, 0);
    }

    static int remove(Scratch s, int fd, MemorySegment name) {
        return callInt(FREMOVE, s, fd, name.address(), 0, 0, 0);
    }
}
