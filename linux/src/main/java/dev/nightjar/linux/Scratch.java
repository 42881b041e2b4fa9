package dev.nightjar.linux;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * A thread's own native memory for the arguments and results of one call at a time, so that a call allocates nothing.
 * About 9 KiB from the first call on, 64 KiB more from the first listing, 128 KiB more from the first read or write. Freed
 * some time after its thread.
 */
final class Scratch {
    static final int IO_SIZE = 128 << 10;
    private static final int DIRENTS_SIZE = 64 << 10;
    private static final int PATH_SIZE = Flags.PATH_MAX + 64;
    private static final byte[] PROC = "/proc/self/fd/".getBytes(StandardCharsets.US_ASCII);
    private static final ThreadLocal<Scratch> OF_THREAD = ThreadLocal.withInitial(Scratch::new);

    /** Where errno is captured. */
    final MemorySegment capture;

    /** For structs that a call takes or fills. */
    final MemorySegment struct;

    private final MemorySegment path;
    private final MemorySegment otherPath;
    private @Nullable MemorySegment io;
    private @Nullable MemorySegment dirents;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        capture = arena.allocate(Libc.CAPTURE);
        struct = arena.allocate(512, 8);
        path = arena.allocate(PATH_SIZE);
        otherPath = arena.allocate(PATH_SIZE);
    }

    static Scratch get() {
        return OF_THREAD.get();
    }

    /** The bytes as a C string, valid until the next call of this method or {@link #procPath}. */
    MemorySegment path(byte[] bytes) {
        return string(path, bytes);
    }

    /** The bytes as a second C string beside {@link #path}. */
    MemorySegment otherPath(byte[] bytes) {
        return string(otherPath, bytes);
    }

    private static MemorySegment string(MemorySegment into, byte[] bytes) {
        // What does not fit is beyond what the kernel takes: cut where it will still answer ENAMETOOLONG.
        int length = Math.min(bytes.length, PATH_SIZE - 1);
        MemorySegment.copy(bytes, 0, into, ValueLayout.JAVA_BYTE, 0, length);
        into.set(ValueLayout.JAVA_BYTE, length, (byte) 0);
        return into;
    }

    /** {@code /proc/self/fd/FD/NAME} as a C string: the way to a name for calls that have no {@code *at} form. */
    MemorySegment procPath(int fd, Name name) {
        byte[] digits = Integer.toString(fd).getBytes(StandardCharsets.US_ASCII);
        byte[] raw = name.rawBytes();
        int length = Math.min(raw.length, PATH_SIZE - PROC.length - digits.length - 2);
        MemorySegment.copy(PROC, 0, path, ValueLayout.JAVA_BYTE, 0, PROC.length);
        int at = PROC.length;
        MemorySegment.copy(digits, 0, path, ValueLayout.JAVA_BYTE, at, digits.length);
        at += digits.length;
        path.set(ValueLayout.JAVA_BYTE, at++, (byte) '/');
        MemorySegment.copy(raw, 0, path, ValueLayout.JAVA_BYTE, at, length);
        path.set(ValueLayout.JAVA_BYTE, at + length, (byte) 0);
        return path;
    }

    /** A buffer of {@link #IO_SIZE} bytes for data on its way to or from the heap. */
    MemorySegment io() {
        MemorySegment segment = io;
        if (segment == null) {
            segment = Arena.ofAuto().allocate(IO_SIZE, 8);
            io = segment;
        }
        return segment;
    }

    /** A buffer for a listing. It belongs to the listing until given back, since a visitor may begin another. */
    MemorySegment takeDirents() {
        MemorySegment segment = dirents;
        dirents = null;
        return segment != null ? segment : Arena.ofAuto().allocate(DIRENTS_SIZE, 8);
    }

    /** The end of {@link #takeDirents}. */
    void giveBackDirents(MemorySegment segment) {
        dirents = segment;
    }
}
