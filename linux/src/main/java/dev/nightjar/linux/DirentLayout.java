package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U16;
import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.U8;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;

/** {@code struct dirent64} as getdents64 fills it (dirent.h): records of their own length, names ended by NUL. */
final class DirentLayout {
    static final StructLayout LAYOUT = Struct.of(
            "dirent64",
            U64.withName("d_ino"),
            U64.withName("d_off"),
            U16.withName("d_reclen"),
            U8.withName("d_type"),
            MemoryLayout.sequenceLayout(256, U8).withName("d_name"),
            MemoryLayout.paddingLayout(5));

    private static final long RECORD_LENGTH = offset(LAYOUT, "d_reclen");
    private static final long TYPE = offset(LAYOUT, "d_type");
    static final long NAME = offset(LAYOUT, "d_name");

    private DirentLayout() {}

    static int recordLength(MemorySegment buffer, long at) {
        return buffer.get(U16, at + RECORD_LENGTH) & 0xffff;
    }

    static int type(MemorySegment buffer, long at) {
        return buffer.get(U8, at + TYPE);
    }

    /** Whether the record is "." or "..". */
    static boolean isDots(MemorySegment buffer, long at) {
        long name = at + NAME;
        if (buffer.get(U8, name) != '.') {
            return false;
        }
        byte second = buffer.get(U8, name + 1);
        return second == 0 || (second == '.' && buffer.get(U8, name + 2) == 0);
    }

    static Name name(MemorySegment buffer, long at) {
        long start = at + NAME;
        int length = 0;
        while (buffer.get(U8, start + length) != 0) {
            length++;
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(buffer, ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        return new Name(bytes);
    }
}
