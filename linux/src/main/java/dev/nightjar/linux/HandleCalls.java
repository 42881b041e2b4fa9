package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls about file handles and file systems. Each returns its result, or a negated errno. */
final class HandleCalls {
    private static final MemorySegment NAME_TO_HANDLE_AT = function("name_to_handle_at");
    private static final MemorySegment OPEN_BY_HANDLE_AT = function("open_by_handle_at");
    private static final MemorySegment FSTATFS = function("fstatfs");

    private HandleCalls() {}

    static int nameToHandleAt(
            Scratch s, int directory, MemorySegment path, MemorySegment handle, MemorySegment mountId, int flags) {
        return callInt(NAME_TO_HANDLE_AT, s, directory, path.address(), handle.address(), mountId.address(), flags);
    }

    static int openByHandleAt(Scratch s, int directory, MemorySegment handle, int flags) {
        return callInt(OPEN_BY_HANDLE_AT, s, directory, handle.address(), flags, 0, 0);
    }

    static int fstatfs(Scratch s, int fd, MemorySegment out) {
        return callInt(FSTATFS, s, fd, out.address(), 0, 0, 0);
    }
}
