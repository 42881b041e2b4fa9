package dev.nightjar.repository.format;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The password-based key derivation of RFC 7914. Its large memory is off the heap: it would be most of ours. Its {@code p}
 * parts do not depend on each other, and are worked on in several threads as far as memory allows. Thread-safe.
 */
final class Scrypt {
    private static final String HMAC = "HmacSHA256";
    private static final int HASH = 32;
    private static final int SALSA_WORDS = 16;

    /** Rounds of Salsa20/8, two by two. */
    private static final int DOUBLE_ROUNDS = 4;

    /** More than one thread's memory is taken only up to here, in bytes: two threads for the usual keys. */
    private static final long MEMORY = 64L << 20;

    private Scrypt() {}

    /**
     * Derives a key.
     *
     * @param n a power of two; {@code 128 * n * r} bytes of memory are taken, and up to 64 MiB if that is less
     * @param length bytes of the key
     */
    static byte[] derive(byte[] password, byte[] salt, int n, int r, int p, int length) {
        int words = 2 * r * SALSA_WORDS;
        byte[] blocks = pbkdf2(password, salt, p * words * Integer.BYTES);
        IntBuffer all = ByteBuffer.wrap(blocks).order(ByteOrder.LITTLE_ENDIAN).asIntBuffer();
        long threads = Math.min(
                Math.min(p, Runtime.getRuntime().availableProcessors()), MEMORY / ((long) n * words * Integer.BYTES));
        AtomicInteger next = new AtomicInteger();
        List<CompletableFuture<Void>> others = new ArrayList<>();
        for (int i = 1; i < threads; i++) {
            Thread.Builder thread = Thread.ofPlatform().name("scrypt-" + i).daemon();
            others.add(CompletableFuture.runAsync(() -> mixParts(all, next, n, r, p), thread::start));
        }
        mixParts(all, next, n, r, p);
        others.forEach(CompletableFuture::join);
        return pbkdf2(password, blocks, length);
    }

    /** Mixes one part after the other that nobody has begun. */
    private static void mixParts(IntBuffer all, AtomicInteger next, int n, int r, int p) {
        int[] block = new int[2 * r * SALSA_WORDS];
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment memory = arena.allocate(ValueLayout.JAVA_INT, (long) n * block.length);
            for (int i = next.getAndIncrement(); i < p; i = next.getAndIncrement()) {
                all.get(i * block.length, block);
                mix(block, memory, n, r);
                all.put(i * block.length, block);
            }
        }
    }

    /** PBKDF2 with HMAC-SHA-256 and one iteration. */
    private static byte[] pbkdf2(byte[] password, byte[] salt, int length) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            // An empty key is padded with zeros; Java wants to see one of them.
            mac.init(new SecretKeySpec(password.length == 0 ? new byte[1] : password, HMAC));
            byte[] out = new byte[Math.ceilDiv(length, HASH) * HASH];
            for (int at = 0; at < out.length; at += HASH) {
                mac.update(salt);
                mac.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(at / HASH + 1).flip());
                mac.doFinal(out, at);
            }
            return Arrays.copyOf(out, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no " + HMAC, e);
        }
    }

    /** scryptROMix: the block is filled into memory in all its states, then mixed with states that it chooses. */
    private static void mix(int[] block, MemorySegment memory, int n, int r) {
        int[] other = new int[block.length];
        int[] chosen = new int[block.length];
        for (int i = 0; i < n; i += 2) {
            MemorySegment.copy(block, 0, memory, ValueLayout.JAVA_INT, at(i, block), block.length);
            mixBlock(block, other, r);
            MemorySegment.copy(other, 0, memory, ValueLayout.JAVA_INT, at(i + 1, block), block.length);
            mixBlock(other, block, r);
        }
        // Written out in one method: the JVM would compile a smaller one for each step again and again.
        int[] from = block;
        int[] to = other;
        for (int i = 0; i < n; i++) {
            int state = from[from.length - SALSA_WORDS] & (n - 1);
            MemorySegment.copy(memory, ValueLayout.JAVA_INT, at(state, block), chosen, 0, chosen.length);
            for (int k = 0; k < chosen.length; k++) {
                from[k] ^= chosen[k];
            }
            mixBlock(from, to, r);
            int[] mixed = to;
            to = from;
            from = mixed;
        }
    }

    private static long at(int state, int[] block) {
        return (long) state * block.length * Integer.BYTES;
    }

    /** scryptBlockMix. The sixteen words are variables of their own, so that they can stay in registers. */
    private static void mixBlock(int[] in, int[] out, int r) {
        int last = (2 * r - 1) * SALSA_WORDS;
        int a0 = in[last], a1 = in[last + 1], a2 = in[last + 2], a3 = in[last + 3];
        int b0 = in[last + 4], b1 = in[last + 5], b2 = in[last + 6], b3 = in[last + 7];
        int c0 = in[last + 8], c1 = in[last + 9], c2 = in[last + 10], c3 = in[last + 11];
        int d0 = in[last + 12], d1 = in[last + 13], d2 = in[last + 14], d3 = in[last + 15];
        for (int i = 0; i < 2 * r; i++) {
            int from = i * SALSA_WORDS;
            int e0 = a0 ^= in[from], e1 = a1 ^= in[from + 1], e2 = a2 ^= in[from + 2], e3 = a3 ^= in[from + 3];
            int f0 = b0 ^= in[from + 4], f1 = b1 ^= in[from + 5], f2 = b2 ^= in[from + 6], f3 = b3 ^= in[from + 7];
            int g0 = c0 ^= in[from + 8], g1 = c1 ^= in[from + 9], g2 = c2 ^= in[from + 10], g3 = c3 ^= in[from + 11];
            int h0 = d0 ^= in[from + 12], h1 = d1 ^= in[from + 13], h2 = d2 ^= in[from + 14], h3 = d3 ^= in[from + 15];
            for (int round = 0; round < DOUBLE_ROUNDS; round++) {
                // columns
                b0 ^= Integer.rotateLeft(a0 + d0, 7);
                c0 ^= Integer.rotateLeft(b0 + a0, 9);
                d0 ^= Integer.rotateLeft(c0 + b0, 13);
                a0 ^= Integer.rotateLeft(d0 + c0, 18);
                c1 ^= Integer.rotateLeft(b1 + a1, 7);
                d1 ^= Integer.rotateLeft(c1 + b1, 9);
                a1 ^= Integer.rotateLeft(d1 + c1, 13);
                b1 ^= Integer.rotateLeft(a1 + d1, 18);
                d2 ^= Integer.rotateLeft(c2 + b2, 7);
                a2 ^= Integer.rotateLeft(d2 + c2, 9);
                b2 ^= Integer.rotateLeft(a2 + d2, 13);
                c2 ^= Integer.rotateLeft(b2 + a2, 18);
                a3 ^= Integer.rotateLeft(d3 + c3, 7);
                b3 ^= Integer.rotateLeft(a3 + d3, 9);
                c3 ^= Integer.rotateLeft(b3 + a3, 13);
                d3 ^= Integer.rotateLeft(c3 + b3, 18);
                // rows
                a1 ^= Integer.rotateLeft(a0 + a3, 7);
                a2 ^= Integer.rotateLeft(a1 + a0, 9);
                a3 ^= Integer.rotateLeft(a2 + a1, 13);
                a0 ^= Integer.rotateLeft(a3 + a2, 18);
                b2 ^= Integer.rotateLeft(b1 + b0, 7);
                b3 ^= Integer.rotateLeft(b2 + b1, 9);
                b0 ^= Integer.rotateLeft(b3 + b2, 13);
                b1 ^= Integer.rotateLeft(b0 + b3, 18);
                c3 ^= Integer.rotateLeft(c2 + c1, 7);
                c0 ^= Integer.rotateLeft(c3 + c2, 9);
                c1 ^= Integer.rotateLeft(c0 + c3, 13);
                c2 ^= Integer.rotateLeft(c1 + c0, 18);
                d0 ^= Integer.rotateLeft(d3 + d2, 7);
                d1 ^= Integer.rotateLeft(d0 + d3, 9);
                d2 ^= Integer.rotateLeft(d1 + d0, 13);
                d3 ^= Integer.rotateLeft(d2 + d1, 18);
            }
            // Even blocks go to the first half, odd ones to the second.
            int to = ((i & 1) * r + (i >> 1)) * SALSA_WORDS;
            out[to] = a0 += e0;
            out[to + 1] = a1 += e1;
            out[to + 2] = a2 += e2;
            out[to + 3] = a3 += e3;
            out[to + 4] = b0 += f0;
            out[to + 5] = b1 += f1;
            out[to + 6] = b2 += f2;
            out[to + 7] = b3 += f3;
            out[to + 8] = c0 += g0;
            out[to + 9] = c1 += g1;
            out[to + 10] = c2 += g2;
            out[to + 11] = c3 += g3;
            out[to + 12] = d0 += h0;
            out[to + 13] = d1 += h1;
            out[to + 14] = d2 += h2;
            out[to + 15] = d3 += h3;
        }
    }
}
