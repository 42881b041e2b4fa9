package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U32;
import static dev.nightjar.linux.Struct.U8;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** {@code struct file_handle} (fcntl.h), with room for the longest handle. Read at any alignment, as in events. */
final class FileHandleLayout {
    /** MAX_HANDLE_SZ. */
    static final int MAX_BYTES = 128;

    static final StructLayout LAYOUT = Struct.of(
            "file_handle",
            U32.withName("handle_bytes"),
            U32.withName("handle_type"),
            MemoryLayout.sequenceLayout(MAX_BYTES, U8).withName("f_handle"));

    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final long BYTES = offset(LAYOUT, "handle_bytes");
    private static final long TYPE = offset(LAYOUT, "handle_type");
    private static final long HANDLE = offset(LAYOUT, "f_handle");

    private FileHandleLayout() {}

    static MemorySegment empty(MemorySegment struct) {
        struct.set(INT, BYTES, MAX_BYTES);
        struct.set(INT, TYPE, 0);
        return struct;
    }

    static MemorySegment fill(MemorySegment struct, Handle handle) {
        byte[] opaque = handle.rawOpaque();
        if (opaque.length > MAX_BYTES) {
            throw new IllegalArgumentException("no handle is longer than " + MAX_BYTES + " bytes");
        }
        struct.set(INT, BYTES, opaque.length);
        struct.set(INT, TYPE, handle.type());
        MemorySegment.copy(opaque, 0, struct, ValueLayout.JAVA_BYTE, HANDLE, opaque.length);
        return struct;
    }

    static Handle decode(MemorySegment buffer, long at) {
        byte[] opaque = new byte[buffer.get(INT, at + BYTES)];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, at + HANDLE, opaque, 0, opaque.length);
        return new Handle(buffer.get(INT, at + TYPE), opaque);
    }

    /** Where the handle that begins at {@code at} ends. */
    static long end(MemorySegment buffer, long at) {
        return at + HANDLE + buffer.get(INT, at + BYTES);
    }
}
