package dev.nightjar.repository.format;

import java.security.SecureRandom;
import java.util.Arrays;

/**
 * The key of a repository; every key file wraps the same one.
 *
 * @param encrypt 32 bytes, for AES-256-CTR
 * @param k 16 bytes, for the AES-128 that makes Poly1305's second half
 * @param r 16 bytes, Poly1305's first half
 */
public record MasterKey(byte[] encrypt, byte[] k, byte[] r) {
    static final int LENGTH = 64;

    public MasterKey {
        if (encrypt.length != 32 || k.length != 16 || r.length != 16) {
            throw new IllegalArgumentException("parts of a key have 32, 16 and 16 bytes");
        }
        if (allZero(encrypt) || allZero(k) || allZero(r)) {
            throw new IllegalArgumentException("a part of the key is zero");
        }
    }

    /** A new random key. */
    public static MasterKey random(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        MasterKey key = split(bytes);
        clamp(key.r);
        return key;
    }

    /** {@code encrypt | k | r}, as scrypt yields it. */
    static MasterKey split(byte[] bytes) {
        return new MasterKey(
                Arrays.copyOf(bytes, 32), Arrays.copyOfRange(bytes, 32, 48), Arrays.copyOfRange(bytes, 48, 64));
    }

    /** restic 0.14 stores r with the bits that Poly1305 ignores already cleared. */
    private static void clamp(byte[] r) {
        for (int i = 3; i < 16; i += 4) {
            r[i] &= 0x0f;
        }
        for (int i = 4; i < 16; i += 4) {
            r[i] &= (byte) 0xfc;
        }
    }

    static boolean allZero(byte[] bytes) {
        int any = 0;
        for (byte b : bytes) {
            any |= b;
        }
        return any == 0;
    }
}
