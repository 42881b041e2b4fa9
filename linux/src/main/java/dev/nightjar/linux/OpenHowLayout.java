package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct open_how} (linux/openat2.h). */
final class OpenHowLayout {
    static final StructLayout LAYOUT =
            Struct.of("open_how", U64.withName("flags"), U64.withName("mode"), U64.withName("resolve"));

    private static final long FLAGS = offset(LAYOUT, "flags");
    private static final long MODE = offset(LAYOUT, "mode");
    private static final long RESOLVE = offset(LAYOUT, "resolve");

    private OpenHowLayout() {}

    static MemorySegment fill(MemorySegment struct, int flags, long resolve) {
        struct.set(U64, FLAGS, flags & 0xffff_ffffL);
        struct.set(U64, MODE, 0);
        struct.set(U64, RESOLVE, resolve);
        return struct;
    }
}
