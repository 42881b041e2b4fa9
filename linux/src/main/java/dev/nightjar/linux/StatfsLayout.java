package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct statfs} (sys/statfs.h) of 64-bit machines. */
final class StatfsLayout {
    static final StructLayout LAYOUT = Struct.of(
            "statfs",
            U64.withName("f_type"),
            U64.withName("f_bsize"),
            U64.withName("f_blocks"),
            U64.withName("f_bfree"),
            U64.withName("f_bavail"),
            U64.withName("f_files"),
            U64.withName("f_ffree"),
            U64.withName("f_fsid"),
            U64.withName("f_namelen"),
            U64.withName("f_frsize"),
            U64.withName("f_flags"),
            MemoryLayout.paddingLayout(32));

    private static final long TYPE = offset(LAYOUT, "f_type");
    private static final long BLOCKS = offset(LAYOUT, "f_blocks");
    private static final long FREE = offset(LAYOUT, "f_bfree");
    private static final long AVAILABLE = offset(LAYOUT, "f_bavail");
    private static final long FSID = offset(LAYOUT, "f_fsid");
    private static final long FRAGMENT = offset(LAYOUT, "f_frsize");
    private static final long FLAGS = offset(LAYOUT, "f_flags");
    private static final long READ_ONLY = 1;

    private StatfsLayout() {}

    static FilesystemInfo decode(MemorySegment s) {
        long unit = s.get(U64, FRAGMENT);
        return new FilesystemInfo(
                s.get(U64, TYPE),
                s.get(U64, FSID),
                s.get(U64, BLOCKS) * unit,
                s.get(U64, FREE) * unit,
                s.get(U64, AVAILABLE) * unit,
                (s.get(U64, FLAGS) & READ_ONLY) != 0);
    }
}
