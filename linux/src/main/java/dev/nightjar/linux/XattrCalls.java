package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.LONG;
import static dev.nightjar.linux.Libc.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls about extended attributes, by path (no link followed) and by descriptor. Each returns its result, or a negated errno. */
final class XattrCalls {
    private static final MethodHandle LLIST = Libc.ofLong("llistxattr", POINTER, POINTER, LONG);
    private static final MethodHandle FLIST = Libc.ofLong("flistxattr", INT, POINTER, LONG);
    private static final MethodHandle LGET = Libc.ofLong("lgetxattr", POINTER, POINTER, POINTER, LONG);
    private static final MethodHandle FGET = Libc.ofLong("fgetxattr", INT, POINTER, POINTER, LONG);
    private static final MethodHandle LSET = Libc.ofInt("lsetxattr", POINTER, POINTER, POINTER, LONG, INT);
    private static final MethodHandle FSET = Libc.ofInt("fsetxattr", INT, POINTER, POINTER, LONG, INT);
    private static final MethodHandle LREMOVE = Libc.ofInt("lremovexattr", POINTER, POINTER);
    private static final MethodHandle FREMOVE = Libc.ofInt("fremovexattr", INT, POINTER);

    private XattrCalls() {}

    static long list(Scratch s, MemorySegment path, MemorySegment into) {
        try {
            return Libc.result((long) LLIST.invokeExact(s.capture, path, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long list(Scratch s, int fd, MemorySegment into) {
        try {
            return Libc.result((long) FLIST.invokeExact(s.capture, fd, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long get(Scratch s, MemorySegment path, MemorySegment name, MemorySegment into) {
        try {
            return Libc.result((long) LGET.invokeExact(s.capture, path, name, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static long get(Scratch s, int fd, MemorySegment name, MemorySegment into) {
        try {
            return Libc.result((long) FGET.invokeExact(s.capture, fd, name, into, into.byteSize()), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int set(Scratch s, MemorySegment path, MemorySegment name, MemorySegment value, long length) {
        try {
            return Libc.result((int) LSET.invokeExact(s.capture, path, name, value, length, 0), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int set(Scratch s, int fd, MemorySegment name, MemorySegment value, long length) {
        try {
            return Libc.result((int) FSET.invokeExact(s.capture, fd, name, value, length, 0), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int remove(Scratch s, MemorySegment path, MemorySegment name) {
        try {
            return Libc.result((int) LREMOVE.invokeExact(s.capture, path, name), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int remove(Scratch s, int fd, MemorySegment name) {
        try {
            return Libc.result((int) FREMOVE.invokeExact(s.capture, fd, name), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
