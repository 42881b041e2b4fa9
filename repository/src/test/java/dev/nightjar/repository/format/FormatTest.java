package dev.nightjar.repository.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.SnapshotSummary;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class FormatTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Id A = Id.sha256(new byte[] {1});
    private static final Id B = Id.sha256(new byte[] {2});

    @Test
    void anEnvelopeOpensWithItsKeyAndUnchangedOnly() throws Exception {
        MasterKey key = MasterKey.random(RANDOM);
        Envelope envelope = new Envelope(key, RANDOM);
        for (int length : new int[] {0, 1, 16, 100, 16_384, 16_385, 100_000}) {
            byte[] plain = new byte[length];
            new Random(length).nextBytes(plain);
            byte[] sealed = envelope.seal(plain);
            assertThat(sealed).hasSize(length + Envelope.OVERHEAD);
            assertThat(new Envelope(key, RANDOM).open(sealed)).isEqualTo(plain);
            for (int at : new int[] {0, 16 + length / 2, sealed.length - 1}) {
                byte[] changed = sealed.clone();
                changed[at] ^= 0x10;
                assertThatThrownBy(() -> envelope.open(changed)).isInstanceOf(TagMismatchException.class);
            }
            assertThatThrownBy(() -> new Envelope(MasterKey.random(RANDOM), RANDOM).open(sealed))
                    .isInstanceOf(TagMismatchException.class);
        }
        assertThatThrownBy(() -> envelope.open(new byte[31])).isInstanceOf(TagMismatchException.class);
        assertThatThrownBy(() -> envelope.open(new byte[32])).isInstanceOf(TagMismatchException.class);
    }

    @Test
    void aSnapshotComesBackAsItWas() throws Exception {
        Instant time = Instant.parse("2026-01-02T03:04:05.000000001Z");
        SnapshotSummary summary = new SnapshotSummary(time, time, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);
        Snapshot snapshot = new Snapshot(
                A, time, B, A, List.of("/a b"), "h", "u", 1000, -2, List.of("*.o"), List.of("t"), B, "x", summary);
        byte[] json = SnapshotFile.encode(snapshot);
        assertThat(SnapshotFile.decode(A, new ByteArrayInputStream(json))).isEqualTo(snapshot);
        assertThat(new String(json, StandardCharsets.UTF_8))
                .startsWith("{\"time\":\"2026-01-02T03:04:05.000000001Z\",\"parent\":\"")
                .contains("\"gid\":4294967294");
    }

    @Test
    void readsForeignSnapshotsAndRefusesNonsense() throws Exception {
        String foreign = "{\"time\":\"2020-01-02T03:04:05.5+02:00\",\"tree\":\"" + A.hex() + "\",\"paths\":null,"
                                                                                           + "\"label\":\"x\",\"delete\":{\"a\":[1,2]},\"tags\":null,\"summary\":{\"command\":\"c\",\"files_new\":3}}";
        Snapshot snapshot = SnapshotFile.decode(B, in(foreign));
        assertThat(snapshot.time()).isEqualTo(Instant.parse("2020-01-02T01:04:05.5Z"));
        assertThat(snapshot.paths()).isEmpty();
        for (String bad : List.of("", "{", "[]", "{}", "{\"tree\":1}", "{\"tree\":\"xx\"}", "{\"time\":\"now\"}")) {
            assertThatThrownBy(() -> SnapshotFile.decode(B, in(bad))).as(bad).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void readsIndexesOfAllAges() throws Exception {
        String blob = "{\"id\":\"" + A.hex() + "\",\"type\":\"data\",\"offset\":7,\"length\":40}";
        String pack = "{\"id\":\"" + B.hex() + "\",\"blobs\":[" + blob + "]}";
        String late = "{\"blobs\":[" + blob + "],\"time\":\"x\",\"id\":\"" + B.hex() + "\"}";
        for (String json : List.of(
                "[" + pack + "]",
                "{\"supersedes\":[\"" + A.hex() + "\"],\"packs\":[" + late + "]}",
                "{\"packs\":[" + pack + "],\"packs_to_delete\":null}")) {
            List<PackLocation> found = new ArrayList<>();
            IndexFile.decode("index", in(json), (location, condemned) -> {
                assertThat(condemned).isFalse();
                found.add(location);
            });
            assertThat(found).containsExactly(new PackLocation(B, BlobType.DATA, A, 7, 40, 0));
        }
        IndexFile.decode(
                "index",
                in("{\"packs_to_delete\":[" + pack + "]}"),
                (location, condemned) -> assertThat(condemned).isTrue());
        assertThatThrownBy(() ->
                        IndexFile.decode("index", in("{\"packs\":[" + pack.replace("40", "-1") + "]}"), (l, c) -> {}))
                .isInstanceOf(CorruptException.class);
    }

    @Test
    void aPackHeaderComesBackAndABadOneIsRefused() throws Exception {
        PackHeader header = new PackHeader();
        header.add(BlobType.DATA, A, 100, 0);
        header.add(BlobType.TREE, B, 200, 500);
        assertThat(header.locations(A))
                .containsExactly(
                        new PackLocation(A, BlobType.DATA, A, 0, 100, 0),
                        new PackLocation(A, BlobType.TREE, B, 100, 200, 500));
        assertThat(header.sealedLength()).isEqualTo(37 + 41 + 36);
        for (byte[] bad : List.of(new byte[36], new byte[] {4}, new byte[37])) {
            assertThatThrownBy(() -> PackHeader.decode(A, bad, bad.length)).isInstanceOf(CorruptException.class);
        }
    }

    @Test
    void unpackedFilesOfBothVersionsAreRead() throws Exception {
        byte[] json = "{\"a\":1}".getBytes(StandardCharsets.UTF_8);
        byte[] packed = Compressor.pack(json);
        assertThat(packed[0]).isEqualTo((byte) 2);
        assertThat(Compressor.unpack("x", packed, 1000).readAllBytes()).isEqualTo(json);
        assertThat(Compressor.unpack("x", json, 1000).readAllBytes()).isEqualTo(json);
        byte[] swells = Compressor.pack(new byte[1_000_000]);
        assertThat(swells.length).isLessThan(1000);
        assertThatThrownBy(() -> Compressor.unpack("x", swells, 999_999).readAllBytes())
                .hasMessageContaining("more than 999999 bytes");
        assertThatThrownBy(() -> Compressor.unpack("x", new byte[] {3}, 1000)).isInstanceOf(CorruptException.class);
        assertThatThrownBy(() -> Compressor.unpack("x", new byte[0], 1000)).isInstanceOf(CorruptException.class);
    }

    @Test
    void aConfigKeepsItsChunker() throws Exception {
        Config config = Config.create(A, 0x3DA3358B4DC173L);
        assertThat(new String(config.encode(), StandardCharsets.UTF_8))
                .isEqualTo("{\"version\":2,\"id\":\"" + A.hex() + "\",\"chunker_polynomial\":\"3da3358b4dc173\"}");
        assertThat(Config.decode(config.encode())).isEqualTo(config);
        Config rustic =
                Config.decode(("{\"version\":2,\"id\":\"" + A.hex() + "\",\"chunker_polynomial\":\"3da3358b4dc173\","
                                + "\"chunk_min_size\":65536,\"append_only\":true,\"compression\":3}")
                        .getBytes(StandardCharsets.UTF_8));
        assertThat(rustic.chunkMin()).isEqualTo(65536);
        assertThat(rustic.appendOnly()).isTrue();
    }

    private static ByteArrayInputStream in(String json) {
        return new ByteArrayInputStream(json.getBytes(StandardCharsets.UTF_8));
    }
}
