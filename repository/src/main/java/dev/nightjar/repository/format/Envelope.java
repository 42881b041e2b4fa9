package dev.nightjar.repository.format;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens {@code IV(16) || AES-256-CTR(plain) || Poly1305-AES tag(16)}, the form of everything in a repository.
 * Belongs to one thread: ciphers and buffers are used again.
 */
public final class Envelope {
    /** Bytes that sealing adds. */
    public static final int OVERHEAD = 32;

    private static final int IV = 16;

    /** AES runs fifty times faster when given slices of this size: only then does its loop get compiled. */
    private static final int SLICE = 16 * 1024;

    private final SecretKeySpec encryptKey;
    private final Poly1305 poly1305;
    private final Cipher ctr;
    private final Cipher ecb;
    private final SecureRandom random;
    private final byte[] randomBytes = new byte[4096];
    private int randomUsed = randomBytes.length;
    private final byte[] iv = new byte[IV];
    private final byte[] s = new byte[16];
    private final byte[] tag = new byte[Poly1305.TAG];

    public Envelope(MasterKey key, SecureRandom random) {
        this.encryptKey = new SecretKeySpec(key.encrypt(), "AES");
        this.poly1305 = new Poly1305(key.r());
        this.random = random;
        try {
            this.ctr = Cipher.getInstance("AES/CTR/NoPadding");
            this.ecb = Cipher.getInstance("AES/ECB/NoPadding");
            ecb.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key.k(), "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java has no AES", e);
        }
    }

    /** Seals {@code length} bytes; returns the bytes written to {@code out}, {@code length + OVERHEAD}. */
    public int seal(byte[] plain, int offset, int length, byte[] out, int outOffset) {
        nextIv();
        System.arraycopy(iv, 0, out, outOffset, IV);
        crypt(plain, offset, length, out, outOffset + IV);
        authenticator();
        poly1305.tag(s, out, outOffset + IV, length, out, outOffset + IV + length);
        return length + OVERHEAD;
    }

    /** Seals a whole array into a new one. */
    public byte[] seal(byte[] plain) {
        byte[] out = new byte[plain.length + OVERHEAD];
        seal(plain, 0, plain.length, out, 0);
        return out;
    }

    /** Opens {@code length} sealed bytes into {@code out}; returns the bytes written, {@code length - OVERHEAD}. */
    public int open(byte[] sealed, int offset, int length, byte[] out, int outOffset) throws TagMismatchException {
        int plain = authenticate(sealed, offset, length);
        crypt(sealed, offset + IV, plain, out, outOffset);
        return plain;
    }

    /**
     * Checks the tag of {@code length} sealed bytes, and begins opening them piece by piece with {@link #openSome}, from
     * {@code offset + OVERHEAD / 2} on; returns how many bytes there are.
     */
    public int beginOpening(byte[] sealed, int offset, int length) throws TagMismatchException {
        int plain = authenticate(sealed, offset, length);
        try {
            ctr.init(Cipher.ENCRYPT_MODE, encryptKey, new IvParameterSpec(iv));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return plain;
    }

    /** Opens the next {@code length} bytes, a multiple of 16 unless they are the last. */
    public void openSome(byte[] sealed, int offset, int length, byte[] out) {
        try {
            int done = 0;
            while (done < length) {
                done += ctr.update(sealed, offset + done, Math.min(SLICE, length - done), out, done);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private int authenticate(byte[] sealed, int offset, int length) throws TagMismatchException {
        int plain = length - OVERHEAD;
        if (plain < 0) {
            throw new TagMismatchException();
        }
        System.arraycopy(sealed, offset, iv, 0, IV);
        if (MasterKey.allZero(iv)) {
            throw new TagMismatchException();
        }
        authenticator();
        poly1305.tag(s, sealed, offset + IV, plain, tag, 0);
        int difference = 0;
        for (int i = 0; i < Poly1305.TAG; i++) {
            difference |= tag[i] ^ sealed[offset + IV + plain + i];
        }
        if (difference != 0) {
            throw new TagMismatchException();
        }
        return plain;
    }

    /** Opens a whole array into a new one. */
    public byte[] open(byte[] sealed) throws TagMismatchException {
        byte[] out = new byte[Math.max(0, sealed.length - OVERHEAD)];
        open(sealed, 0, sealed.length, out, 0);
        return out;
    }

    private void nextIv() {
        do {
            if (randomUsed == randomBytes.length) {
                random.nextBytes(randomBytes);
                randomUsed = 0;
            }
            System.arraycopy(randomBytes, randomUsed, iv, 0, IV);
            Arrays.fill(randomBytes, randomUsed, randomUsed + IV, (byte) 0);
            randomUsed += IV;
        } while (MasterKey.allZero(iv));
    }

    private void authenticator() {
        try {
            ecb.doFinal(iv, 0, IV, s, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private void crypt(byte[] in, int offset, int length, byte[] out, int outOffset) {
        try {
            ctr.init(Cipher.ENCRYPT_MODE, encryptKey, new IvParameterSpec(iv));
            int done = 0;
            while (length - done > SLICE) {
                done += ctr.update(in, offset + done, SLICE, out, outOffset + done);
            }
            ctr.doFinal(in, offset + done, length - done, out, outOffset + done);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
