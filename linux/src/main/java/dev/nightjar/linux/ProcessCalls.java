package dev.nightjar.linux;

import static dev.nightjar.linux.Libc.INT;
import static dev.nightjar.linux.Libc.LONG;

import java.lang.invoke.MethodHandle;

/** Calls about this process. Each returns its result, or a negated errno. */
final class ProcessCalls {
    private static final MethodHandle GETPID = Libc.ofInt("getpid");
    private static final MethodHandle GETEUID = Libc.ofInt("geteuid");
    private static final MethodHandle GETEGID = Libc.ofInt("getegid");
    private static final MethodHandle SYSCALL3 = Libc.ofLongVariadic("syscall", 1, LONG, INT, INT, INT);
    private static final MethodHandle SETPRIORITY = Libc.ofInt("setpriority", INT, INT, INT);

    private ProcessCalls() {}

    static int getpid() {
        try {
            return (int) GETPID.invokeExact(Scratch.get().capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int geteuid() {
        try {
            return (int) GETEUID.invokeExact(Scratch.get().capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    static int getegid() {
        try {
            return (int) GETEGID.invokeExact(Scratch.get().capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Of one thread. */
    static int ioprioSet(Scratch s, int thread, int priority) {
        int whoProcess = 1;
        try {
            return (int) Libc.result(
                    (long) SYSCALL3.invokeExact(
                            s.capture, Architecture.current().ioprioSet, whoProcess, thread, priority),
                    s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }

    /** Of one thread. */
    static int setpriority(Scratch s, int thread, int nice) {
        int prioProcess = 0;
        try {
            return Libc.result((int) SETPRIORITY.invokeExact(s.capture, prioProcess, thread, nice), s.capture);
        } catch (Throwable t) {
            throw Libc.unexpected(t);
        }
    }
}
