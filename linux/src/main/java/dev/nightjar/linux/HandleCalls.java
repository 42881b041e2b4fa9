package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls about file handles and file systems. Each returns its result, or a negated errno. */
final class HandleCalls {
    private static final MethodHandle NAME_TO_HANDLE_AT =
            Libc.ofInt("name_to_handle_at", INT, POINTER, POINTER, POINTER, INT);
    private static final MethodHandle OPEN_BY_HANDLE_AT = Libc.ofInt("open_by_handle_at", INT, POINTER, INT);
    private static final MethodHandle FSTATFS = Libc.ofInt("fstatfs", INT, POINTER);

    private HandleCalls() {}

    static int nameToHandleAt(
            Scratch s, int directory, MemorySegment path, MemorySegment handle, MemorySegment mountId, int flags) {
        try {
            return Libc.result(
                    (int) NAME_TO_HANDLE_AT.invokeExact(s.capture, directory, path, handle, mountId, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int openByHandleAt(Scratch s, int directory, MemorySegment handle, int flags) {
        try {
            return Libc.result((int) OPEN_BY_HANDLE_AT.invokeExact(s.capture, directory, handle, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fstatfs(Scratch s, int fd, MemorySegment out) {
        try {
            return Libc.result((int) FSTATFS.invokeExact(s.capture, fd, out), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
