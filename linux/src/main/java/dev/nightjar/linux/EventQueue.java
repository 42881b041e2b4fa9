package dev.nightjar.linux;

/**
 * Events that the kernel queues until they are read.
 *
 * <p>One thread waits and reads, a platform thread, since the wait blocks it; any thread may {@link #wake} it. Whoever closes
 * the queue wakes the reader and lets it end first.
 */
public sealed interface EventQueue extends AutoCloseable permits Inotify, Fanotify {
    /**
     * Waits until there are events.
     *
     * @param timeoutMillis negative waits for ever
     * @return false after the time, and at once when woken
     */
    boolean await(long timeoutMillis) throws LinuxException;

    /**
     * Lets events gather: waits whether or not there are any.
     *
     * @param timeoutMillis negative waits for ever
     * @return whether it was woken
     */
    boolean pause(long timeoutMillis) throws LinuxException;

    /**
     * Takes as many events as there are and fit, without waiting.
     *
     * @return the bytes of events now in the buffer; 0 when there were none
     */
    int read(EventBuffer into) throws LinuxException;

    /**
     * How much is queued (FIONREAD): for inotify the bytes that reading would give; for fanotify 24 times the number of
     * events.
     */
    int queued() throws LinuxException;

    /** Ends the wait of the reading thread, or its next one. Does nothing when closed. */
    void wake();

    @Override
    void close();
}
