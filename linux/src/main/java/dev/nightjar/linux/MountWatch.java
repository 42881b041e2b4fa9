package dev.nightjar.linux;

/** Tells when something is mounted or unmounted. One thread waits, a platform thread; any thread may wake it. */
public final class MountWatch implements AutoCloseable {
    private final Waiter waiter;

    private MountWatch(Waiter waiter) {
        this.waiter = waiter;
    }

    /** Changes are told from here on. */
    public static MountWatch open() throws LinuxException {
        return new MountWatch(new Waiter(ProcFile.open(Mounts.MOUNTINFO), PollLayout.POLLPRI, Mounts.MOUNTINFO));
    }

    /**
     * Waits for a change, and takes note of it: the next call waits for another.
     *
     * @param timeoutMillis negative waits for ever
     * @return false after the time, and at once when woken
     */
    public boolean await(long timeoutMillis) throws LinuxException {
        return waiter.await(timeoutMillis);
    }

    /** Ends the wait of the waiting thread, or its next one. Does nothing when closed. */
    public void wake() {
        waiter.wake();
    }

    @Override
    public void close() {
        waiter.close();
    }
}
