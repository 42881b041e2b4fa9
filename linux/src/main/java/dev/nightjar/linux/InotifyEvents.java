package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The inotify events in a buffer, one after the other: {@link #next} goes to the next one, the other methods are about the
 * one it went to. Nothing is allocated but the names asked for.
 */
public final class InotifyEvents {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;

    private final MemorySegment memory;
    private final long limit;
    private long at;
    private long end;

    /** The events that the last reading put into the buffer. */
    public InotifyEvents(EventBuffer buffer) {
        this.memory = buffer.memory();
        this.limit = buffer.limit();
    }

    /**
     * Goes to the next event, the first time to the first.
     *
     * @return false when there is none
     * @throws IllegalStateException when an event does not end inside what was read
     */
    public boolean next() {
        if (end == limit) {
            return false;
        }
        at = end;
        long nameEnds = at + InotifyEventLayout.SIZE;
        if (nameEnds <= limit) {
            nameEnds += Integer.toUnsignedLong(memory.get(INT, at + InotifyEventLayout.LEN));
        }
        if (nameEnds > limit) {
            throw new IllegalStateException("an inotify event that does not end");
        }
        end = nameEnds;
        return true;
    }

    /** The watch; -1 for an overflow. */
    public int watch() {
        return memory.get(INT, at + InotifyEventLayout.WD);
    }

    /** What happened: bits of {@link Inotify}'s constants. */
    public int mask() {
        return memory.get(INT, at + InotifyEventLayout.MASK);
    }

    /** The same number in both halves of a rename; 0 in other events. */
    public int cookie() {
        return memory.get(INT, at + InotifyEventLayout.COOKIE);
    }

    /** Whether events were lost here. */
    public boolean isOverflow() {
        return (mask() & Inotify.OVERFLOW) != 0;
    }

    /** The name in the watched directory; null when the event is about the directory itself. */
    public @Nullable Name name() {
        long start = at + InotifyEventLayout.SIZE;
        int length = 0;
        while (start + length < end && memory.get(ValueLayout.JAVA_BYTE, start + length) != 0) {
            length++;
        }
        if (length == 0) {
            return null;
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, ValueLayout.JAVA_BYTE, start, bytes, 0, length);
        return new Name(bytes);
    }
}
