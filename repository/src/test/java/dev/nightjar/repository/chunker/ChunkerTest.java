package dev.nightjar.repository.chunker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class ChunkerTest {
    private static final long POLYNOMIAL = 0x3DA3358B4DC173L;

    /** 24 MiB + 12,345 bytes of SHA256("nightjar" || u64be(i)), i = 0, 1, ...; cuts as restic's own chunker makes them. */
    @Test
    void cutsWhereResticCuts() throws Exception {
        byte[] data = vector();
        assertThat(Id.sha256(data).hex()).isEqualTo("88272d787249a6b7f62d1fc28a20e66cb77dd53367eecbc681e684f248bd3eb1");
        List<String> expected;
        try (InputStream in =
                Objects.requireNonNull(ChunkerTest.class.getResourceAsStream("chunker-3DA3358B4DC173.txt"))) {
            expected = new String(in.readAllBytes(), StandardCharsets.US_ASCII)
                    .lines()
                    .toList();
        }
        assertThat(cuts(data, data.length)).isEqualTo(expected);
    }

    @Test
    void cutsTheSameWhenFedPieceByPiece() {
        byte[] data = vector();
        List<String> whole = cuts(data, data.length);
        assertThat(cuts(data, 100_003)).isEqualTo(whole);
        assertThat(cuts(data, 524_288)).isEqualTo(whole);
    }

    @Test
    void neverPassesTheLargestChunk() {
        Chunker chunker = new Chunker(POLYNOMIAL, 1 << 20, 512 << 10, 8 << 20);
        // Zeros have the fingerprint 0, which cuts at once: a byte pattern that never cuts is needed.
        byte[] ones = new byte[(8 << 20) + 1000];
        Arrays.fill(ones, (byte) 1);
        assertThat(chunker.cut(ones, 0, ones.length)).isIn(8 << 20, 512 << 10);
        assertThat(chunker.cut(new byte[1 << 20], 0, 1 << 20)).isEqualTo(512 << 10);
    }

    @Test
    void knowsIrreduciblePolynomials() {
        assertThat(Polynomial.isIrreducible(POLYNOMIAL)).isTrue();
        assertThat(Polynomial.isIrreducible(0b111)).isTrue();
        assertThat(Polynomial.isIrreducible(0b101)).isFalse();
        assertThat(Polynomial.isIrreducible(POLYNOMIAL ^ 1)).isFalse();
        Random random = new Random(5);
        for (int i = 0; i < 5; i++) {
            long polynomial = Polynomial.random(random);
            assertThat(Polynomial.degree(polynomial)).isEqualTo(53);
            assertThat(Polynomial.isIrreducible(polynomial)).isTrue();
        }
    }

    /** Pieces shorter than two strides are looked at byte by byte; everything else, two bytes at a time. */
    @Test
    void cutsTheSameByteByByteAndInStrides() {
        byte[] data = Arrays.copyOf(vector(), 2 << 20);
        for (int average = 1 << 8; average <= 1 << 14; average <<= 1) {
            Chunker chunker = new Chunker(POLYNOMIAL, average, 512, 64 << 10);
            assertThat(cuts(chunker, data, data.length)).hasSizeGreaterThan(30).isEqualTo(cuts(chunker, data, 1_000));
        }
    }

    private static List<String> cuts(byte[] data, int piece) {
        return cuts(new Chunker(POLYNOMIAL, 1 << 20, 512 << 10, 8 << 20), data, piece);
    }

    private static List<String> cuts(Chunker chunker, byte[] data, int piece) {
        List<String> lines = new ArrayList<>();
        int start = 0;
        while (start < data.length) {
            byte[] rest = Arrays.copyOfRange(data, start, data.length);
            int seen = 0;
            int length = 0;
            int cut = -1;
            while (cut < 0 && length < rest.length) {
                length = Math.min(rest.length, length + piece);
                cut = chunker.cut(rest, seen, length);
                seen = length;
            }
            int end = cut < 0 ? rest.length : cut;
            lines.add(end + " " + Id.sha256(Arrays.copyOf(rest, end)).hex());
            start += end;
        }
        return lines;
    }

    static byte[] vector() {
        ByteBuffer data = ByteBuffer.allocate((24 << 20) + 12_345);
        MessageDigest sha = Id.newSha256();
        for (long i = 0; data.hasRemaining(); i++) {
            sha.update("nightjar".getBytes(StandardCharsets.US_ASCII));
            sha.update(ByteBuffer.allocate(8).putLong(i).flip());
            byte[] digest = sha.digest();
            data.put(digest, 0, Math.min(digest.length, data.remaining()));
        }
        return data.array();
    }
}
