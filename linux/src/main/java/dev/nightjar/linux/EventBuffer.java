package dev.nightjar.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Native memory that events are read into. For one thread at a time. Each reading replaces what was in it; decoders look
 * into it directly, so they are done before the next reading.
 */
public final class EventBuffer {
    /** The longest event of either kind: two directory handles, two names and a file handle. */
    private static final int SMALLEST = 4096;

    private final MemorySegment memory;
    private int limit;

    private EventBuffer(MemorySegment memory) {
        this.memory = memory;
    }

    /** A buffer of this many bytes (at least 4096), freed with the last reference to it. */
    public static EventBuffer allocate(int bytes) {
        if (bytes < SMALLEST) {
            throw new IllegalArgumentException("an event may need " + SMALLEST + " bytes");
        }
        return new EventBuffer(Arena.ofAuto().allocate(bytes, 8));
    }

    /** How many bytes of events are in it. */
    public int limit() {
        return limit;
    }

    /** A buffer with events recorded earlier. */
    static EventBuffer of(byte[] events) {
        EventBuffer buffer = allocate(Math.max(SMALLEST, events.length));
        MemorySegment.copy(events, 0, buffer.memory, ValueLayout.JAVA_BYTE, 0, events.length);
        buffer.limit = events.length;
        return buffer;
    }

    MemorySegment memory() {
        return memory;
    }

    void fill(int bytes) {
        limit = bytes;
    }
}
