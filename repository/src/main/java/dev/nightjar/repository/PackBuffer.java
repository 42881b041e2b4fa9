package dev.nightjar.repository;

import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.PackHeader;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A pack being filled, off the heap, in blocks that are taken as it grows. Used by one thread at a time. */
final class PackBuffer {
    /** A pack of this size is full. */
    static final int TARGET = 16 << 20;

    /** A blob that would make a pack larger than this begins a pack of its own. */
    private static final int LARGEST = 18 << 20;

    private final Blocks blocks;
    private final PackHeader header = new PackHeader();
    private final List<Blocks.Block> filled = new ArrayList<>();
    private int used;

    PackBuffer(Blocks blocks) {
        this.blocks = blocks;
    }

    /** Whether a blob of this length can be added to a pack that is not empty. */
    boolean fits(int length) {
        return used == 0 || (long) used + length + header.sealedLength() + PackHeader.ENTRY <= LARGEST;
    }

    boolean isFull() {
        return used + header.sealedLength() >= TARGET;
    }

    int used() {
        return used;
    }

    PackHeader header() {
        return header;
    }

    void add(BlobType type, Id id, byte[] sealed, int length, int rawLength) {
        put(ByteBuffer.wrap(sealed, 0, length));
        header.add(type, id, length, rawLength);
    }

    /** Adds all blobs of another pack. */
    void addAll(PackBuffer other) {
        for (Blocks.Block block : other.filled) {
            put(block.bytes().duplicate().flip());
        }
        header.addAll(other.header);
    }

    /** Ends the pack with its header; these are the bytes of the file, valid until {@link #clear}. */
    ByteBuffer[] seal(Envelope envelope) {
        put(ByteBuffer.wrap(header.seal(envelope)));
        return filled.stream().map(block -> block.bytes().duplicate().flip()).toArray(ByteBuffer[]::new);
    }

    private void put(ByteBuffer source) {
        used += source.remaining();
        while (source.hasRemaining()) {
            if (filled.isEmpty() || !filled.getLast().bytes().hasRemaining()) {
                filled.add(blocks.take());
            }
            ByteBuffer block = filled.getLast().bytes();
            int some = Math.min(source.remaining(), block.remaining());
            block.put(block.position(), source, source.position(), some);
            block.position(block.position() + some);
            source.position(source.position() + some);
        }
    }

    /** Empties it, and gives its blocks back. */
    void clear() {
        used = 0;
        header.clear();
        filled.forEach(blocks::give);
        filled.clear();
    }
}
