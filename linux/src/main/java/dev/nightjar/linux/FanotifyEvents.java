package dev.nightjar.linux;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.jspecify.annotations.Nullable;

/**
 * The fanotify events in a buffer, one after the other: {@link #next} goes to the next one, the other methods are about the
 * one it went to. Nothing is allocated but the handles and names asked for.
 *
 * <p>An event without entry, old entry, new entry and target that is no overflow happened to something the kernel could not
 * name: as good as lost.
 */
public final class FanotifyEvents {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT_UNALIGNED;
    private static final ValueLayout.OfShort SHORT = ValueLayout.JAVA_SHORT_UNALIGNED;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final byte[] DOT = {'.'};

    private final MemorySegment memory;
    private final long limit;
    private long at;
    private long end;

    /** The events that the last reading put into the buffer. */
    public FanotifyEvents(EventBuffer buffer) {
        this.memory = buffer.memory();
        this.limit = buffer.limit();
    }

    /**
     * Goes to the next event, the first time to the first.
     *
     * @return false when there is none
     * @throws IllegalStateException when the bytes are not events of the version that Linux has had since 2.6.37
     */
    public boolean next() {
        if (end == limit) {
            return false;
        }
        long length = limit - end < FanotifyLayout.METADATA.byteSize()
                ? 0
                : Integer.toUnsignedLong(memory.get(INT, end + FanotifyLayout.EVENT_LEN));
        if (length < FanotifyLayout.METADATA.byteSize() || length > limit - end) {
            throw new IllegalStateException("a fanotify event that does not end");
        }
        if (memory.get(BYTE, end + FanotifyLayout.VERS) != FanotifyLayout.VERSION) {
            throw new IllegalStateException("a fanotify event of another version");
        }
        at = end;
        end += length;
        return true;
    }

    /** What happened: bits of {@link Fanotify}'s constants, of several events where the kernel merged them. */
    public long mask() {
        return memory.get(LONG, at + FanotifyLayout.MASK);
    }

    /** The process that did it; 0 when it is in another pid namespace. */
    public int pid() {
        return memory.get(INT, at + FanotifyLayout.PID);
    }

    /** Whether events were lost here. */
    public boolean isOverflow() {
        return (mask() & Fanotify.OVERFLOW) != 0;
    }

    /** The file system, as {@link FilesystemInfo#fsid} has it; 0 when the event names nothing. */
    public long fsid() {
        long info = firstInfo();
        return info < end ? memory.get(LONG, info + FanotifyLayout.FSID) : 0;
    }

    /** The directory and name that the event is about; null in a pure rename, or when only the file is known. */
    public @Nullable EntryHandle entry() {
        EntryHandle named = entry(FanotifyLayout.TYPE_DFID_NAME);
        return named != null ? named : entry(FanotifyLayout.TYPE_DFID);
    }

    /** In a rename, where it was; null in other events. */
    public @Nullable EntryHandle oldEntry() {
        return entry(FanotifyLayout.TYPE_OLD_DFID_NAME);
    }

    /** In a rename, where it went; null in other events. */
    public @Nullable EntryHandle newEntry() {
        return entry(FanotifyLayout.TYPE_NEW_DFID_NAME);
    }

    /** The file itself; null when the event has none, as those about a directory itself. */
    public @Nullable Handle target() {
        long info = info(FanotifyLayout.TYPE_FID);
        return info < 0 ? null : handle(info);
    }

    private @Nullable EntryHandle entry(int type) {
        long info = info(type);
        Handle directory = info < 0 ? null : handle(info);
        return directory == null ? null : new EntryHandle(directory, name(info));
    }

    private long firstInfo() {
        return at + (memory.get(SHORT, at + FanotifyLayout.METADATA_LEN) & 0xffff);
    }

    /** Where the record of a type begins, or -1. */
    private long info(int type) {
        long info = firstInfo();
        while (info < end) {
            int length = memory.get(SHORT, info + FanotifyLayout.INFO_LEN) & 0xffff;
            if (length < FanotifyLayout.INFO_HEADER.byteSize() || length > end - info) {
                throw new IllegalStateException("a fanotify record that does not end");
            }
            if (memory.get(BYTE, info + FanotifyLayout.INFO_TYPE) == type) {
                return info;
            }
            info += length;
        }
        return -1;
    }

    /** Null when it is empty, which is how the kernel says that it could not make one. */
    private @Nullable Handle handle(long info) {
        Handle handle = FileHandleLayout.decode(memory, info + FanotifyLayout.HANDLE);
        return handle.rawOpaque().length == 0 ? null : handle;
    }

    private Name name(long info) {
        long start = FileHandleLayout.end(memory, info + FanotifyLayout.HANDLE);
        long infoEnd = info + (memory.get(SHORT, info + FanotifyLayout.INFO_LEN) & 0xffff);
        int length = 0;
        while (start + length < infoEnd && memory.get(BYTE, start + length) != 0) {
            length++;
        }
        if (length == 0) {
            return new Name(DOT);
        }
        byte[] bytes = new byte[length];
        MemorySegment.copy(memory, BYTE, start, bytes, 0, length);
        return new Name(bytes);
    }
}
