package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U64;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct timespec} (time.h). */
final class TimespecLayout {
    static final StructLayout LAYOUT = Struct.of("timespec", U64.withName("tv_sec"), U64.withName("tv_nsec"));

    private static final long SECONDS = offset(LAYOUT, "tv_sec");
    private static final long NANOS = offset(LAYOUT, "tv_nsec");

    private TimespecLayout() {}

    /** The pair that utimensat takes: access time, then modification time. */
    static MemorySegment fillPair(MemorySegment struct, Timestamp atime, Timestamp mtime) {
        fill(struct, 0, atime);
        fill(struct, LAYOUT.byteSize(), mtime);
        return struct;
    }

    private static void fill(MemorySegment struct, long at, Timestamp time) {
        struct.set(U64, at + SECONDS, time.seconds());
        struct.set(U64, at + NANOS, time.nanos());
    }
}
