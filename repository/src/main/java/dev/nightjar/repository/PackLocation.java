package dev.nightjar.repository;

/**
 * Where a blob lies.
 *
 * @param pack the pack file
 * @param offset of the encrypted blob in the pack
 * @param length of the encrypted blob, overhead included
 * @param rawLength bytes before compression; 0 if it is not compressed
 */
public record PackLocation(Id pack, BlobType type, Id blob, int offset, int length, int rawLength) {
    /** Bytes that its envelope adds to a blob. */
    public static final int OVERHEAD = 32;

    /** Bytes of the blob itself. */
    public int size() {
        return rawLength == 0 ? length - OVERHEAD : rawLength;
    }
}
