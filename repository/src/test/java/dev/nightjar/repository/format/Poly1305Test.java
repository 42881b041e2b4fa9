package dev.nightjar.repository.format;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.bouncycastle.crypto.generators.Poly1305KeyGenerator;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

final class Poly1305Test {
    @Test
    void agreesWithRfc8439() {
        byte[] key = HexFormat.of().parseHex("85d6be7857556d337f4452fe42d506a80103808afb0db2fd4abff6af4149f51b");
        byte[] message = "Cryptographic Forum Research Group".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
        assertThat(HexFormat.of().formatHex(ours(key, message))).isEqualTo("a8061dc1305136c6c22b8baf0c0127a9");
    }

    /** RFC 8439 A.3, vectors 7 to 11: the corners of reduction. */
    @Test
    void agreesAtTheCorners() {
        check("02000000000000000000000000000000", "00", "ffffffffffffffffffffffffffffffff", "03");
        check(
                "02000000000000000000000000000000",
                "ffffffffffffffffffffffffffffffff",
                "02000000000000000000000000000000",
                "03");
        check(
                "01000000000000000000000000000000",
                "00",
                "fffffffffffffffffffffffffffffffff0ffffffffffffffffffffffffffffff11000000000000000000000000000000",
                "05");
        check(
                "01000000000000000000000000000000",
                "00",
                "fffffffffffffffffffffffffffffffffbfefefefefefefefefefefefefefefe01010101010101010101010101010101",
                "00");
        check(
                "02000000000000000000000000000000",
                "00",
                "fdffffffffffffffffffffffffffffff",
                "faffffffffffffffffffffffffffffff");
    }

    private static void check(String r, String s, String message, String tag) {
        byte[] key = new byte[32];
        HexFormat hex = HexFormat.of();
        System.arraycopy(hex.parseHex(r), 0, key, 0, 16);
        byte[] second = hex.parseHex(s);
        System.arraycopy(second, 0, key, 16, second.length);
        assertThat(ours(key, hex.parseHex(message))).isEqualTo(Arrays.copyOf(hex.parseHex(tag), 16));
    }

    @Test
    void agreesWithBouncyCastle() {
        Random random = new Random(1);
        for (int length = 0; length < 600; length++) {
            byte[] key = new byte[32];
            byte[] message = new byte[length];
            random.nextBytes(key);
            if (length % 3 == 0) {
                Arrays.fill(message, (byte) 0xff);
            } else {
                random.nextBytes(message);
            }
            byte[] expected = new byte[16];
            byte[] clamped = key.clone();
            Poly1305KeyGenerator.clamp(clamped);
            var theirs = new org.bouncycastle.crypto.macs.Poly1305();
            theirs.init(new KeyParameter(clamped));
            theirs.update(message, 0, length);
            theirs.doFinal(expected, 0);
            assertThat(ours(key, message)).as("length %d", length).isEqualTo(expected);
        }
    }

    private static byte[] ours(byte[] key, byte[] message) {
        byte[] tag = new byte[16];
        new Poly1305(Arrays.copyOf(key, 16)).tag(Arrays.copyOfRange(key, 16, 32), message, 0, message.length, tag, 0);
        return tag;
    }
}
