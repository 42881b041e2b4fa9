package dev.nightjar.repository.chunker;

/**
 * Finds where restic cuts: a Rabin fingerprint over the last 64 bytes, with a least and a largest chunk.
 *
 * <p>restic slides a byte 0x01 into an empty window at the start of a chunk and skips all but the last 64 bytes before
 * the least size. By the time it may cut, that byte has left the window again, so the fingerprint is that of the last 64
 * bytes alone, which are still in the chunk's buffer: no window is kept here.
 */
public final class Chunker {
    private static final int WINDOW = 64;

    /** A least chunk can be no shorter than this, in bytes. */
    public static final int LEAST = WINDOW;

    private static final int STRIDE = 4096;
    private static final int SHIFT = Polynomial.DEGREE - 8;

    private final long[] out = new long[256];
    private final long[] mod = new long[256];
    private final int min;
    private final int max;
    private final long mask;

    private long digest;

    /**
     * A chunker.
     *
     * @param polynomial of degree 53
     * @param average a power of two
     * @param min least chunk in bytes, at least 64
     * @param max largest chunk in bytes
     */
    public Chunker(long polynomial, int average, int min, int max) {
        if (Polynomial.degree(polynomial) != Polynomial.DEGREE
                || Integer.bitCount(average) != 1
                || min < WINDOW
                || max < min) {
            throw new IllegalArgumentException("not a chunker's parameters");
        }
        this.min = min;
        this.max = max;
        this.mask = average - 1L;
        for (int b = 0; b < 256; b++) {
            long hash = 0;
            hash = Polynomial.mod(hash << 8 | b, polynomial);
            for (int i = 0; i < WINDOW - 1; i++) {
                hash = Polynomial.mod(hash << 8, polynomial);
            }
            out[b] = hash;
            long high = (long) b << Polynomial.DEGREE;
            mod[b] = Polynomial.mod(high, polynomial) | high;
        }
    }

    /** The least chunk: a file that is smaller is one chunk. */
    public int min() {
        return min;
    }

    /** The largest chunk. */
    public int max() {
        return max;
    }

    /**
     * Looks for the end of the chunk that begins at {@code buffer[0]}.
     *
     * @param seen bytes of this chunk that were looked at in earlier calls (0 begins a chunk)
     * @param length bytes of this chunk, or more, that are in the buffer now
     * @return the length of the chunk, or -1 if it does not end yet
     */
    public int cut(byte[] buffer, int seen, int length) {
        int start = min - WINDOW;
        int position = seen;
        if (position <= start) {
            digest = 0;
            position = start;
        }
        long d = digest;
        long[] modTable = mod;
        int warm = Math.min(min - 1, length);
        for (; position < warm; position++) {
            d = ((d << 8) | (buffer[position] & 0xff)) ^ modTable[(int) (d >>> SHIFT)];
        }
        int end = Math.min(length, max);
        if (position == min - 1 && position < end) {
            d = ((d << 8) | (buffer[position] & 0xff)) ^ modTable[(int) (d >>> SHIFT)];
            position++;
            if ((d & mask) == 0 || position >= max) {
                return position;
            }
        }
        digest = d;
        while (end - position >= 2 * STRIDE) {
            int found = cutInTwoStrides(buffer, position);
            if (found >= 0) {
                return found;
            }
            position += 2 * STRIDE;
        }
        int found = cutBytes(buffer, position, end, digest);
        if (found >= 0) {
            return found;
        }
        return end >= max ? max : -1;
    }

    /** Byte by byte; a chunk that does not end leaves its fingerprint in {@link #digest}. */
    private int cutBytes(byte[] buffer, int from, int to, long fingerprint) {
        long d = fingerprint;
        for (int position = from; position < to; position++) {
            d ^= out[buffer[position - WINDOW] & 0xff];
            d = ((d << 8) | (buffer[position] & 0xff)) ^ mod[(int) (d >>> SHIFT)];
            if ((d & mask) == 0) {
                return position + 1;
            }
        }
        digest = d;
        return -1;
    }

    /** Two strides side by side: each step of a fingerprint waits for the one before, and two of them wait together. */
    private int cutInTwoStrides(byte[] buffer, int from) {
        int middle = from + STRIDE;
        long[] outTable = out;
        long[] modTable = mod;
        long d = digest;
        long e = 0;
        for (int position = middle - WINDOW; position < middle; position++) {
            e = ((e << 8) | (buffer[position] & 0xff)) ^ modTable[(int) (e >>> SHIFT)];
        }
        for (int position = from; position < middle; position++) {
            d ^= outTable[buffer[position - WINDOW] & 0xff];
            e ^= outTable[buffer[position + STRIDE - WINDOW] & 0xff];
            d = ((d << 8) | (buffer[position] & 0xff)) ^ modTable[(int) (d >>> SHIFT)];
            e = ((e << 8) | (buffer[position + STRIDE] & 0xff)) ^ modTable[(int) (e >>> SHIFT)];
            if ((d & mask) == 0) {
                return position + 1;
            }
            if ((e & mask) == 0) {
                int earlier = cutBytes(buffer, position + 1, middle, d);
                return earlier >= 0 ? earlier : position + STRIDE + 1;
            }
        }
        digest = e;
        return -1;
    }
}
