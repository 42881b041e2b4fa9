package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.LONG;
import static dev.nightjar.linux.Libc.POINTER;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Calls about change events and waiting. Each returns its result, or a negated errno. */
final class EventCalls {
    private static final MethodHandle INOTIFY_INIT = Libc.ofInt("inotify_init1", INT);
    private static final MethodHandle INOTIFY_ADD = Libc.ofInt("inotify_add_watch", INT, POINTER, INT);
    private static final MethodHandle INOTIFY_REMOVE = Libc.ofInt("inotify_rm_watch", INT, INT);
    private static final MethodHandle FANOTIFY_INIT = Libc.ofInt("fanotify_init", INT, INT);
    private static final MethodHandle FANOTIFY_MARK = Libc.ofInt("fanotify_mark", INT, INT, LONG, INT, POINTER);
    private static final MethodHandle EVENTFD = Libc.ofInt("eventfd", INT, INT);
    private static final MethodHandle POLL = Libc.ofInt("poll", POINTER, LONG, INT);
    private static final MethodHandle IOCTL = Libc.ofIntVariadic("ioctl", 2, INT, LONG, POINTER);

    private EventCalls() {}

    static int inotifyInit(Scratch s, int flags) {
        try {
            return Libc.result((int) INOTIFY_INIT.invokeExact(s.capture, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int inotifyAddWatch(Scratch s, int fd, MemorySegment path, int mask) {
        try {
            return Libc.result((int) INOTIFY_ADD.invokeExact(s.capture, fd, path, mask), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int inotifyRemoveWatch(Scratch s, int fd, int watch) {
        try {
            return Libc.result((int) INOTIFY_REMOVE.invokeExact(s.capture, fd, watch), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int fanotifyInit(Scratch s, int flags, int eventFlags) {
        try {
            return Libc.result((int) FANOTIFY_INIT.invokeExact(s.capture, flags, eventFlags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Of what {@code directory} is open on. */
    static int fanotifyMark(Scratch s, int fd, int flags, long mask, int directory) {
        try {
            return Libc.result(
                    (int) FANOTIFY_MARK.invokeExact(s.capture, fd, flags, mask, directory, MemorySegment.NULL),
                    s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int eventfd(Scratch s, int flags) {
        try {
            return Libc.result((int) EVENTFD.invokeExact(s.capture, 0, flags), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Blocks. Not tried again after EINTR, since the time left is the caller's. */
    static int poll(Scratch s, MemorySegment descriptors, long count, int timeoutMillis) {
        try {
            return Libc.result((int) POLL.invokeExact(s.capture, descriptors, count, timeoutMillis), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int ioctl(Scratch s, int fd, long request, MemorySegment argument) {
        try {
            return Libc.result((int) IOCTL.invokeExact(s.capture, fd, request, argument), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
