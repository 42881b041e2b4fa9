package dev.nightjar.repository.format;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The list of blobs at the end of a pack. Written by appending; belongs to one thread.
 *
 * <p>An entry is a type, the encrypted length, the raw length if compressed, and the id; offsets follow from the order.
 */
public final class PackHeader {
    /** Bytes of the length field that ends a pack. */
    public static final int LENGTH_FIELD = 4;

    /** restic reads no longer header. */
    public static final int LARGEST = 16 << 20;

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final int PLAIN_ENTRY = 37;
    private static final int COMPRESSED_ENTRY = 41;

    /** Bytes that an entry takes at most. */
    public static final int ENTRY = COMPRESSED_ENTRY;

    private byte[] bytes = new byte[1024];
    private int used;
    private int blobs;

    /** Appends a blob; {@code rawLength} is 0 for one that is not compressed. */
    public void add(BlobType type, Id id, int length, int rawLength) {
        if (bytes.length - used < COMPRESSED_ENTRY) {
            bytes = Arrays.copyOf(bytes, 2 * bytes.length);
        }
        boolean compressed = rawLength != 0;
        bytes[used] = (byte) ((type == BlobType.TREE ? 1 : 0) | (compressed ? 2 : 0));
        INT.set(bytes, used + 1, length);
        used += 5;
        if (compressed) {
            INT.set(bytes, used, rawLength);
            used += 4;
        }
        id.copyTo(bytes, used);
        used += Id.LENGTH;
        blobs++;
    }

    /** Appends all of another's blobs. */
    public void addAll(PackHeader other) {
        if (bytes.length - used < other.used) {
            bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, used + other.used));
        }
        System.arraycopy(other.bytes, 0, bytes, used, other.used);
        used += other.used;
        blobs += other.blobs;
    }

    /** How many blobs were added. */
    public int blobs() {
        return blobs;
    }

    /** Bytes that the header will take at the end of the pack, length field included. */
    public int sealedLength() {
        return used + Envelope.OVERHEAD + LENGTH_FIELD;
    }

    /** The end of the pack: the sealed header and its length. */
    public byte[] seal(Envelope envelope) {
        byte[] end = new byte[sealedLength()];
        int length = envelope.seal(bytes, 0, used, end, 0);
        INT.set(end, length, length);
        return end;
    }

    /** The blobs added so far, for a pack of this name. */
    public List<PackLocation> locations(Id pack) {
        try {
            return decode(pack, bytes, used);
        } catch (CorruptException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Empties it for the next pack. */
    public void clear() {
        used = 0;
        blobs = 0;
    }

    /** The length of the sealed header, from a pack's last four bytes. */
    public static int sealedLength(Id pack, byte[] end, long packSize) throws CorruptException {
        int length = (int) INT.get(end, end.length - LENGTH_FIELD);
        if (length < Envelope.OVERHEAD || length > LARGEST || length > packSize - LENGTH_FIELD) {
            throw new CorruptException(
                    "pack " + pack.shortHex() + " has no header", "its length is given as " + length);
        }
        return length;
    }

    /** Reads a header that was opened. */
    public static List<PackLocation> decode(Id pack, byte[] header, int length) throws CorruptException {
        List<PackLocation> locations = new ArrayList<>();
        long offset = 0;
        int position = 0;
        while (position < length) {
            int kind = header[position];
            if (kind < 0 || kind > 3) {
                throw new CorruptException("the header of pack " + pack.shortHex() + " is bad", "blob type " + kind);
            }
            boolean compressed = kind >= 2;
            if (length - position < (compressed ? COMPRESSED_ENTRY : PLAIN_ENTRY)) {
                throw new CorruptException("the header of pack " + pack.shortHex() + " is bad", "it is cut short");
            }
            int blobLength = (int) INT.get(header, position + 1);
            int rawLength = compressed ? (int) INT.get(header, position + 5) : 0;
            if (blobLength < Envelope.OVERHEAD || rawLength < 0 || offset + blobLength > Integer.MAX_VALUE) {
                throw new CorruptException(
                        "the header of pack " + pack.shortHex() + " is bad", "a blob of " + blobLength + " bytes");
            }
            position += compressed ? 9 : 5;
            Id id = Id.of(header, position);
            position += Id.LENGTH;
            BlobType type = (kind & 1) == 0 ? BlobType.DATA : BlobType.TREE;
            locations.add(new PackLocation(pack, type, id, (int) offset, blobLength, rawLength));
            offset += blobLength;
        }
        return locations;
    }
}
