package dev.nightjar.repository;

import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.PackHeader;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;

/** A pack being filled, off the heap. Used by one thread at a time. */
final class PackBuffer implements AutoCloseable {
    /** A pack of this size is full. */
    static final int TARGET = 16 << 20;

    /** What is kept for use again; a larger blob gets a buffer of its own. */
    static final int CAPACITY = 18 << 20;

    private static final int FIRST = 1 << 20;

    private final PackHeader header = new PackHeader();
    private Arena arena = Arena.ofShared();
    private MemorySegment bytes = arena.allocate(FIRST);
    private int used;

    /** Whether a blob of this length can be added to a pack that is not empty. */
    boolean fits(int length) {
        return used == 0 || (long) used + length + header.sealedLength() + PackHeader.ENTRY <= CAPACITY;
    }

    boolean isFull() {
        return used + header.sealedLength() >= TARGET;
    }

    boolean isEmpty() {
        return used == 0;
    }

    int used() {
        return used;
    }

    PackHeader header() {
        return header;
    }

    void add(BlobType type, Id id, byte[] sealed, int length, int rawLength) {
        put(sealed, length);
        header.add(type, id, length, rawLength);
    }

    /** Adds all blobs of another pack. */
    void addAll(PackBuffer other) {
        reserve(other.used);
        MemorySegment.copy(other.bytes, 0, bytes, used, other.used);
        used += other.used;
        header.addAll(other.header);
    }

    /** Ends the pack with its header; these are the bytes of the file, valid until {@link #clear}. */
    ByteBuffer seal(Envelope envelope) {
        byte[] end = header.seal(envelope);
        put(end, end.length);
        return bytes.asSlice(0, used).asByteBuffer().asReadOnlyBuffer();
    }

    private void put(byte[] source, int length) {
        reserve(length);
        MemorySegment.copy(source, 0, bytes, ValueLayout.JAVA_BYTE, used, length);
        used += length;
    }

    @SuppressWarnings("MustBeClosedChecker") // closed with the buffer, or when outgrown
    private void reserve(int length) {
        long need = (long) used + length;
        if (need <= bytes.byteSize()) {
            return;
        }
        long size = bytes.byteSize();
        while (size < need) {
            size *= 4;
        }
        if (need <= CAPACITY) {
            size = Math.min(size, CAPACITY);
        }
        Arena larger = Arena.ofShared();
        MemorySegment copy = larger.allocate(size);
        MemorySegment.copy(bytes, 0, copy, 0, used);
        arena.close();
        arena = larger;
        bytes = copy;
    }

    /** Empties it; memory beyond the usual is given back. */
    @SuppressWarnings("MustBeClosedChecker") // closed with the buffer
    void clear() {
        used = 0;
        header.clear();
        if (bytes.byteSize() > CAPACITY) {
            arena.close();
            arena = Arena.ofShared();
            bytes = arena.allocate(FIRST);
        }
    }

    @Override
    public void close() {
        arena.close();
    }
}
