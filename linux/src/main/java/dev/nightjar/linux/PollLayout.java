package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U16;
import static dev.nightjar.linux.Struct.U32;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;

/** {@code struct pollfd} (poll.h). */
final class PollLayout {
    static final StructLayout LAYOUT =
            Struct.of("pollfd", U32.withName("fd"), U16.withName("events"), U16.withName("revents"));

    static final short POLLIN = 1;
    static final short POLLPRI = 2;

    private static final long FD = offset(LAYOUT, "fd");
    private static final long EVENTS = offset(LAYOUT, "events");
    private static final long REVENTS = offset(LAYOUT, "revents");

    private PollLayout() {}

    static void fill(MemorySegment array, int index, int fd, short events) {
        long at = index * LAYOUT.byteSize();
        array.set(U32, at + FD, fd);
        array.set(U16, at + EVENTS, events);
        array.set(U16, at + REVENTS, (short) 0);
    }

    /** Whether anything was reported, an error included. */
    static boolean isReady(MemorySegment array, int index) {
        return array.get(U16, index * LAYOUT.byteSize() + REVENTS) != 0;
    }
}
