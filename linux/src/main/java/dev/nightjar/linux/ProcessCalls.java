package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.callInt;
import static dev.nightjar.linux.Libc.callLong;
import static dev.nightjar.linux.Libc.function;

import java.lang.foreign.MemorySegment;

/** Calls about this process. Each returns its result, or a negated errno. */
final class ProcessCalls {
    private static final MemorySegment GETPID = function("getpid");
    private static final MemorySegment GETEUID = function("geteuid");
    private static final MemorySegment GETEGID = function("getegid");
    private static final MemorySegment SYSCALL = function("syscall");
    private static final MemorySegment SETPRIORITY = function("setpriority");

    private ProcessCalls() {}

    static int getpid() {
        return Libc.callUnfailing(GETPID, Scratch.get());
    }

    static int geteuid() {
        return Libc.callUnfailing(GETEUID, Scratch.get());
    }

    static int getegid() {
        return Libc.callUnfailing(GETEGID, Scratch.get());
    }

    /** Of one thread. */
    static int ioprioSet(Scratch s, int thread, int priority) {
        int whoProcess = 1;
        long number = Architecture.current().ioprioSet;
        return (int) callLong(SYSCALL, s, number, whoProcess, thread, priority, 0);
    }

    /** Of one thread. */
    static int setpriority(Scratch s, int thread, int nice) {
        int prioProcess = 0;
        return callInt(SETPRIORITY, s, prioProcess, thread, nice, 0, 0);
    }
}
