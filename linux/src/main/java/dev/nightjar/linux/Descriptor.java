package dev.nightjar.linux;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A file descriptor that is closed once, however often close is called. */
final class Descriptor {
    private static final int CLOSED = -1;
    private static final VarHandle FD;

    static {
        try {
            FD = MethodHandles.lookup().findVarHandle(Descriptor.class, "fd", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private volatile int fd;

    Descriptor(int fd) {
        this.fd = fd;
    }

    /**
     * The number, for a call.
     *
     * @throws IllegalStateException when closed
     */
    int fd() {
        int open = fd;
        if (open == CLOSED) {
            throw new IllegalStateException("closed");
        }
        return open;
    }

    /** Zero, or the negated errno of a close that lost something written. */
    int close() {
        int open = (int) FD.getAndSet(this, CLOSED);
        return open == CLOSED ? 0 : FileCalls.close(Scratch.get(), open);
    }
}
