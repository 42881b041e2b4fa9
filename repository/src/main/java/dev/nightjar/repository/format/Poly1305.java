package dev.nightjar.repository.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigInteger;
import java.nio.ByteOrder;

/**
 * Poly1305 (RFC 8439, 2.5) under one key half, in three limbs of 44, 44 and 42 bits. Written here because a library's works
 * in 26-bit limbs and makes several objects for each blob; with a million small files that shows. Immutable.
 *
 * <p>Two blocks go in at once, one times r², the other times r: neither has to wait for the other. All factors are kept
 * shifted left by ten bits, so that the high word of a product is what lies above its lowest 44 bits.
 */
final class Poly1305 {
    static final int TAG = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long M44 = 0xfffffffffffL;
    private static final long M42 = 0x3ffffffffffL;
    private static final int SHIFT = 10;
    private static final int LOW = 2 * SHIFT;
    private static final BigInteger PRIME = BigInteger.TWO.pow(130).subtract(BigInteger.valueOf(5));

    private final long r0;
    private final long r1;
    private final long r2;
    private final long q0;
    private final long q1;
    private final long q2;

    /**
     * For messages under one r.
     *
     * @param r 16 bytes, clamped here
     */
    Poly1305(byte[] r) {
        long k0 = (long) LONG.get(r, 0) & 0x0ffffffc0fffffffL;
        long k1 = (long) LONG.get(r, 8) & 0x0ffffffc0ffffffcL;
        BigInteger factor = BigInteger.valueOf(k1).shiftLeft(64).or(BigInteger.valueOf(k0));
        BigInteger square = factor.multiply(factor).mod(PRIME);
        this.r0 = limb(factor, 0, M44);
        this.r1 = limb(factor, 44, M44);
        this.r2 = limb(factor, 88, M42);
        this.q0 = limb(square, 0, M44);
        this.q1 = limb(square, 44, M44);
        this.q2 = limb(square, 88, M42);
    }

    private static long limb(BigInteger number, int from, long mask) {
        return (number.shiftRight(from).longValue() & mask) << SHIFT;
    }

    /**
     * Writes the tag of a message.
     *
     * @param s 16 bytes
     */
    void tag(byte[] s, byte[] message, int offset, int length, byte[] out, int outOffset) {
        // What leaves at the top, at 2^132, comes back at the bottom, times 20.
        long r1s = r1 * 20;
        long r2s = r2 * 20;
        long q1s = q1 * 20;
        long q2s = q2 * 20;
        long h0 = 0;
        long h1 = 0;
        long h2 = 0;

        int full = length / TAG;
        int rest = length % TAG;
        int blocks = full + (rest > 0 ? 1 : 0);
        // An odd number of blocks begins with half a pair.
        for (int block = -(blocks & 1); block < blocks; block += 2) {
            if (block >= 0) {
                long t0 = (long) LONG.get(message, offset + block * TAG);
                long t1 = (long) LONG.get(message, offset + block * TAG + 8);
                h0 += t0 & M44;
                h1 += ((t0 >>> 44) | (t1 << 20)) & M44;
                h2 += (t1 >>> 24) | (1L << 40);
            }
            long u0;
            long u1;
            long end;
            if (block + 1 < full) {
                u0 = (long) LONG.get(message, offset + block * TAG + TAG);
                u1 = (long) LONG.get(message, offset + block * TAG + TAG + 8);
                end = 1L << 40;
            } else {
                byte[] last = new byte[TAG];
                System.arraycopy(message, offset + full * TAG, last, 0, rest);
                last[rest] = 1;
                u0 = (long) LONG.get(last, 0);
                u1 = (long) LONG.get(last, 8);
                end = 0;
            }
            long a0 = h0 << SHIFT;
            long a1 = h1 << SHIFT;
            long a2 = h2 << SHIFT;
            long b0 = (u0 & M44) << SHIFT;
            long b1 = (((u0 >>> 44) | (u1 << 20)) & M44) << SHIFT;
            long b2 = ((u1 >>> 24) | end) << SHIFT;

            long low = low(a0, q0) + low(a1, q2s) + low(a2, q1s) + low(b0, r0) + low(b1, r2s) + low(b2, r1s);
            long high = Math.multiplyHigh(a0, q0)
                    + Math.multiplyHigh(a1, q2s)
                    + Math.multiplyHigh(a2, q1s)
                    + Math.multiplyHigh(b0, r0)
                    + Math.multiplyHigh(b1, r2s)
                    + Math.multiplyHigh(b2, r1s);
            long n0 = low & M44;

            low = (low >>> 44)
                    + high
                    + low(a0, q1)
                    + low(a1, q0)
                    + low(a2, q2s)
                    + low(b0, r1)
                    + low(b1, r0)
                    + low(b2, r2s);
            high = Math.multiplyHigh(a0, q1)
                    + Math.multiplyHigh(a1, q0)
                    + Math.multiplyHigh(a2, q2s)
                    + Math.multiplyHigh(b0, r1)
                    + Math.multiplyHigh(b1, r0)
                    + Math.multiplyHigh(b2, r2s);
            long n1 = low & M44;

            low = (low >>> 44)
                    + high
                    + low(a0, q2)
                    + low(a1, q1)
                    + low(a2, q0)
                    + low(b0, r2)
                    + low(b1, r1)
                    + low(b2, r0);
            high = Math.multiplyHigh(a0, q2)
                    + Math.multiplyHigh(a1, q1)
                    + Math.multiplyHigh(a2, q0)
                    + Math.multiplyHigh(b0, r2)
                    + Math.multiplyHigh(b1, r1)
                    + Math.multiplyHigh(b2, r0);
            h2 = low & M42;

            n0 += ((low >>> 42) + (high << 2)) * 5;
            h0 = n0 & M44;
            h1 = n1 + (n0 >>> 44);
        }
        finish(h0, h1, h2, s, out, outOffset);
    }

    /** The lowest 44 bits of a product. */
    private static long low(long shifted, long alsoShifted) {
        return (shifted * alsoShifted) >>> LOW;
    }

    private static void finish(long a0, long a1, long a2, byte[] s, byte[] out, int outOffset) {
        long h0 = a0;
        long h1 = a1;
        long h2 = a2;
        for (int round = 0; round < 2; round++) {
            long c = h1 >>> 44;
            h1 &= M44;
            h2 += c;
            c = h2 >>> 42;
            h2 &= M42;
            h0 += c * 5;
            c = h0 >>> 44;
            h0 &= M44;
            h1 += c;
        }
        // h - p, taken if it is not negative, without a branch
        long g0 = h0 + 5;
        long c = g0 >>> 44;
        g0 &= M44;
        long g1 = h1 + c;
        c = g1 >>> 44;
        g1 &= M44;
        long g2 = h2 + c - (1L << 42);
        long keep = g2 >> 63;
        h0 = (h0 & keep) | (g0 & ~keep);
        h1 = (h1 & keep) | (g1 & ~keep);
        h2 = (h2 & keep) | (g2 & ~keep);

        long k0 = (long) LONG.get(s, 0);
        long k1 = (long) LONG.get(s, 8);
        h0 += k0 & M44;
        c = h0 >>> 44;
        h0 &= M44;
        h1 += (((k0 >>> 44) | (k1 << 20)) & M44) + c;
        c = h1 >>> 44;
        h1 &= M44;
        h2 += ((k1 >>> 24) & M42) + c;
        h2 &= M42;
        LONG.set(out, outOffset, h0 | (h1 << 44));
        LONG.set(out, outOffset + 8, (h1 >>> 20) | (h2 << 24));
    }
}
