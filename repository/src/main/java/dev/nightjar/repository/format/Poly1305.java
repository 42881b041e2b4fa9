package dev.nightjar.repository.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Poly1305 (RFC 8439, 2.5) in three limbs of 44, 44 and 42 bits. Written here because a library's works in 26-bit limbs
 * and makes several objects for each blob; with a million small files that shows.
 */
final class Poly1305 {
    static final int TAG = 16;

    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long M44 = 0xfffffffffffL;
    private static final long M42 = 0x3ffffffffffL;

    private Poly1305() {}

    /**
     * Writes the tag of a message.
     *
     * @param r 16 bytes, clamped here
     * @param s 16 bytes
     */
    static void tag(byte[] r, byte[] s, byte[] message, int offset, int length, byte[] out, int outOffset) {
        long k0 = (long) LONG.get(r, 0);
        long k1 = (long) LONG.get(r, 8);
        long r0 = k0 & 0xffc0fffffffL;
        long r1 = ((k0 >>> 44) | (k1 << 20)) & 0xfffffc0ffffL;
        long r2 = (k1 >>> 24) & 0x00ffffffc0fL;
        long s1 = r1 * 20;
        long s2 = r2 * 20;
        long h0 = 0;
        long h1 = 0;
        long h2 = 0;

        byte[] last = new byte[TAG];
        int full = length & -TAG;
        int rest = length - full;
        int blocks = full / TAG + (rest > 0 ? 1 : 0);
        for (int block = 0; block < blocks; block++) {
            long t0;
            long t1;
            long high;
            if (block * TAG < full) {
                t0 = (long) LONG.get(message, offset + block * TAG);
                t1 = (long) LONG.get(message, offset + block * TAG + 8);
                high = 1L << 40;
            } else {
                System.arraycopy(message, offset + full, last, 0, rest);
                last[rest] = 1;
                t0 = (long) LONG.get(last, 0);
                t1 = (long) LONG.get(last, 8);
                high = 0;
            }
            h0 += t0 & M44;
            h1 += ((t0 >>> 44) | (t1 << 20)) & M44;
            h2 += ((t1 >>> 24) & M42) | high;

            // Products stay below 2^94, so signed high words are right, and sums of three need no third word.
            long lo = h0 * r0;
            long hi = Math.multiplyHigh(h0, r0);
            long p = h1 * s2;
            lo += p;
            hi += Math.multiplyHigh(h1, s2) + carry(lo, p);
            p = h2 * s1;
            lo += p;
            hi += Math.multiplyHigh(h2, s1) + carry(lo, p);
            long c = (lo >>> 44) | (hi << 20);
            long n0 = lo & M44;

            lo = h0 * r1;
            hi = Math.multiplyHigh(h0, r1);
            p = h1 * r0;
            lo += p;
            hi += Math.multiplyHigh(h1, r0) + carry(lo, p);
            p = h2 * s2;
            lo += p;
            hi += Math.multiplyHigh(h2, s2) + carry(lo, p);
            lo += c;
            hi += carry(lo, c);
            c = (lo >>> 44) | (hi << 20);
            long n1 = lo & M44;

            lo = h0 * r2;
            hi = Math.multiplyHigh(h0, r2);
            p = h1 * r1;
            lo += p;
            hi += Math.multiplyHigh(h1, r1) + carry(lo, p);
            p = h2 * r0;
            lo += p;
            hi += Math.multiplyHigh(h2, r0) + carry(lo, p);
            lo += c;
            hi += carry(lo, c);
            c = (lo >>> 42) | (hi << 22);
            h2 = lo & M42;

            n0 += c * 5;
            h0 = n0 & M44;
            h1 = n1 + (n0 >>> 44);
        }
        finish(h0, h1, h2, s, out, outOffset);
    }

    private static long carry(long sum, long added) {
        return Long.compareUnsigned(sum, added) < 0 ? 1 : 0;
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
