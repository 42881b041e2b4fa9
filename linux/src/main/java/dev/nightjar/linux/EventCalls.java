package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls about change events and waiting. Each returns its result, or a negated errno. */
final class EventCalls {
    private static final MemorySegment INOTIFY_INIT = function("inotify_init1");
    private static final MemorySegment INOTIFY_ADD = function("inotify_add_watch");
    private static final MemorySegment INOTIFY_REMOVE = function("inotify_rm_watch");
    private static final MemorySegment FANOTIFY_INIT = function("fanotify_init");
    private static final MemorySegment FANOTIFY_MARK = function("fanotify_mark");
    private static final MemorySegment EVENTFD = function("eventfd");
    private static final MemorySegment POLL = function("poll");
    private static final MemorySegment IOCTL = function("ioctl");

    private EventCalls() {}

    static int inotifyInit(Scratch s, int flags) {
        return callInt(INOTIFY_INIT, s, flags, 0, 0, 0, 0);
    }

    static int inotifyAddWatch(Scratch s, int fd, MemorySegment path, int mask) {
        return callInt(INOTIFY_ADD, s, fd, path.address(), mask, 0, 0);
    }

    static int inotifyRemoveWatch(Scratch s, int fd, int watch) {
        return callInt(INOTIFY_REMOVE, s, fd, watch, 0, 0, 0);
    }

    static int fanotifyInit(Scratch s, int flags, int eventFlags) {
        return callInt(FANOTIFY_INIT, s, flags, eventFlags, 0, 0, 0);
    }

    /** Of what {@code directory} is open on. */
    static int fanotifyMark(Scratch s, int fd, int flags, long mask, int directory) {
        long noPath = 0;
        return callInt(FANOTIFY_MARK, s, fd, flags, mask, directory, noPath);
    }

    static int eventfd(Scratch s, int flags) {
        int count = 0;
        return callInt(EVENTFD, s, count, flags, 0, 0, 0);
    }

    /** Blocks. Not tried again after EINTR, since the time left is the caller's. */
    static int poll(Scratch s, MemorySegment descriptors, long count, int timeoutMillis) {
        return callInt(POLL, s, descriptors.address(), count, timeoutMillis, 0, 0);
    }

    static int ioctl(Scratch s, int fd, long request, MemorySegment argument) {
        return callInt(IOCTL, s, fd, request, argument.address(), 0, 0);
    }
}
