package dev.nightjar.linux;

import java.util.concurrent.atomic.LongAdder;

/**
 * How many system calls of the interesting kinds were made, counted where they are made. Given to a {@link Directory} when
 * it is opened, and shared by all that is opened through it. May be used by any number of threads.
 */
public final class Counters {
    private final LongAdder directoriesListed = new LongAdder();
    private final LongAdder entriesLooked = new LongAdder();
    private final LongAdder filesOpened = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();

    /** Listings begun. */
    public long directoriesListed() {
        return directoriesListed.sum();
    }

    /** Entries looked at by name ({@code statx}). */
    public long entriesLooked() {
        return entriesLooked.sum();
    }

    /** Files opened for reading. */
    public long filesOpened() {
        return filesOpened.sum();
    }

    /** Bytes read from files. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    /** Bytes written to files. */
    public long bytesWritten() {
        return bytesWritten.sum();
    }

    void listed() {
        directoriesListed.increment();
    }

    void looked() {
        entriesLooked.increment();
    }

    void opened() {
        filesOpened.increment();
    }

    void read(long bytes) {
        bytesRead.add(bytes);
    }

    void wrote(long bytes) {
        bytesWritten.add(bytes);
    }
}
