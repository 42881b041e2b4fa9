package dev.nightjar.linux;

import static dev.nightjar.linux.Struct.U32;
import static dev.nightjar.linux.Struct.offset;

import java.lang.foreign.StructLayout;

/** {@code struct inotify_event} (sys/inotify.h); the name follows. */
final class InotifyEventLayout {
    static final StructLayout LAYOUT = Struct.of(
            "inotify_event", U32.withName("wd"), U32.withName("mask"), U32.withName("cookie"), U32.withName("len"));

    static final long WD = offset(LAYOUT, "wd");
    static final long MASK = offset(LAYOUT, "mask");
    static final long COOKIE = offset(LAYOUT, "cookie");
    static final long LEN = offset(LAYOUT, "len");
    static final long SIZE = LAYOUT.byteSize();

    private InotifyEventLayout() {}
}
