package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.chunker.Chunker;
import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Config;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.LockFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.format.PackHeader;
import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.format.TagMismatchException;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import dev.nightjar.repository.tree.TreeWriter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Everything that reads bytes of a repository: what it makes of any bytes, and good ones to begin with. What can be written
 * again is, and read once more: it must be the same.
 */
enum Parser {
    TREE {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            byte[] written = rewrite(bytes);
            assertThat(rewrite(written)).isEqualTo(written);
        }

        private static byte[] rewrite(byte[] bytes) throws RepositoryException {
            TreeReader reader = new TreeReader(bytes);
            TreeMap<Name, Node> nodes = new TreeMap<>();
            for (Node node; (node = reader.next()) != null; ) {
                assertThat(bytes[reader.start()]).isEqualTo((byte) '{');
                assertThat(bytes[reader.end() - 1]).isEqualTo((byte) '}');
                nodes.put(node.name(), node);
            }
            TreeWriter writer = new TreeWriter();
            nodes.values().forEach(writer::add);
            var json = writer.finish();
            byte[] written = new byte[json.remaining()];
            json.get(written);
            return written;
        }

        @Override
        List<byte[]> seeds() {
            String golden = text(goldenTree());
            int hard = golden.indexOf("{\"name\":\"hard\"");
            return List.of(
                    utf8(golden),
                    utf8(golden.substring(0, golden.indexOf("},{") + 1) + "],\"later\":{\"a\":[1,null,\"x\"]}}"),
                    utf8("{\"nodes\":[" + golden.substring(hard, golden.indexOf("]},", hard)) + "]}]}"));
        }
    },

    INDEX {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            Map<Id, List<PackLocation>> packs = read(bytes);
            assertThat(read(IndexFile.encode(packs))).isEqualTo(packs);
        }

        private static Map<Id, List<PackLocation>> read(byte[] bytes) throws RepositoryException {
            Map<Id, List<PackLocation>> packs = new LinkedHashMap<>();
            IndexFile.decode(
                    "index",
                    new ByteArrayInputStream(bytes),
                    (location, condemned) -> packs.computeIfAbsent(location.pack(), _ -> new ArrayList<>())
                            .add(location));
            return packs;
        }

        @Override
        List<byte[]> seeds() {
            String blob =
                    "{\"id\":\"" + HEX + "\",\"type\":\"data\",\"offset\":0,\"length\":120,\"uncompressed_length\":99}";
            String packs = "[{\"id\":\"" + HEX + "\",\"blobs\":[" + blob + "," + blob + "]}]";
            String marked =
                    "[{\"id\":\"" + HEX + "\",\"time\":\"2026-01-02T03:04:05.678+02:00\",\"size\":432,\"blobs\":["
                            + blob.replace("data", "tree") + "]}]";
            return List.of(
                    utf8("{\"supersedes\":[\"" + HEX + "\"],\"packs\":" + packs + ",\"packs_to_delete\":" + marked
                            + "}"),
                    utf8("{\"packs\":[{\"blobs\":[" + blob + "],\"id\":\"" + HEX + "\"}]}"),
                    utf8(packs));
        }
    },

    SNAPSHOT {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            Snapshot read = SnapshotFile.decode(ID, new ByteArrayInputStream(bytes));
            byte[] other = SnapshotFile.withTree(ID, bytes, OTHER, "repaired");
            Snapshot changed = SnapshotFile.decode(ID, new ByteArrayInputStream(other));
            assertThat(changed.tree()).isEqualTo(OTHER);
            assertThat(changed.tags()).contains("repaired").containsAll(read.tags());
            assertThat(changed.time()).isEqualTo(read.time());
            assertThat(changed.paths()).isEqualTo(read.paths());
            assertThat(changed.original()).isEqualTo(read.original() == null ? ID : read.original());
        }

        @Override
        List<byte[]> seeds() {
            return List.of(
                    utf8(
                            "{\"time\":\"2026-01-02T03:04:05.678+02:00\",\"parent\":\"" + HEX + "\",\"tree\":\"" + HEX
                                    + "\",\"paths\":[\"/home\"],\"hostname\":\"h\",\"username\":\"u\",\"uid\":1000,\"gid\":4294967295,"
                                    + "\"excludes\":[\"x\"],\"tags\":null,\"original\":\"" + HEX
                                    + "\",\"program_version\":\"p\","
                                    + "\"summary\":{\"backup_start\":\"2026-01-02T03:04:05Z\",\"files_new\":3,\"data_added\":9}}"),
                    utf8("{\"time\":\"2026-01-02T03:04:05+02:00[Europe/Berlin]\",\"tree\":\"" + HEX
                            + "\",\"label\":\"l\",\"paths\":[],\"hostname\":\"\",\"username\":\"\",\"uid\":0,\"gid\":0,\"tags\":[],"
                            + "\"delete\":{\"After\":\"2027-01-02T03:04:05Z\"},\"summary\":{\"command\":\"c\",\"total_duration\":0.25,"
                            + "\"files_new\":1},\"description\":\"d\"}"));
        }
    },

    LOCK {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            LockFile.decode(ID, new ByteArrayInputStream(bytes));
        }

        @Override
        List<byte[]> seeds() {
            String lock =
                    "{\"time\":\"2026-01-02T03:04:05.678+02:00\",\"exclusive\":false,\"hostname\":\"h\",\"username\":\"u\",\"pid\":12,";
            return List.of(
                    utf8(lock + "\"uid\":1000,\"gid\":1000}"),
                    utf8(lock + "\"nightjar\":{\"state\":\"s\",\"boot\":\"b\",\"processes\":\"p\",\"started\":7}}"));
        }
    },

    CONFIG {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            Config config = Config.decode(bytes);
            Config again = Config.decode(config.encode());
            assertThat(again.id()).isEqualTo(config.id());
            assertThat(again.polynomial()).isEqualTo(config.polynomial());
            if (config.isCutAsHere()) {
                new Chunker(config.polynomial(), config.chunkAverage(), config.chunkMin(), config.chunkMax());
            }
        }

        @Override
        List<byte[]> seeds() {
            String config = "{\"version\":2,\"id\":\"" + HEX + "\",\"chunker_polynomial\":\"3da3358b4dc173\"";
            return List.of(
                    utf8(config + ",\"is_hot\":false}"),
                    utf8(config
                            + ",\"chunker\":\"rabin\",\"chunk_size\":1048576,\"chunk_min_size\":524288,\"chunk_max_size\":8388608,"
                            + "\"append_only\":true}"));
        }
    },

    KEY {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            KeyFile.decode("key", bytes);
        }

        @Override
        List<byte[]> seeds() {
            return List.of(utf8(
                    "{\"created\":\"2026-01-02T03:04:05.678+02:00\",\"username\":\"u\",\"hostname\":\"h\",\"kdf\":\"scrypt\","
                        + "\"N\":32768,\"r\":8,\"p\":3,\"salt\":\"" + "AAAA".repeat(21)
                            + "AA==\",\"data\":\"AAAA\"}"));
        }
    },

    /** What is sealed in a key file: whoever knows a password can put anything there. */
    MASTER_KEY {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            MasterKey master = KeyFile.decodeMaster("key", bytes);
            assertThat(master.encrypt()).hasSize(32);
            assertThat(master.k()).hasSize(16);
            assertThat(master.r()).hasSize(16);
        }

        @Override
        List<byte[]> seeds() {
            String half = "AQID" + "BAUG".repeat(4) + "Bw==";
            return List.of(utf8("{\"mac\":{\"k\":\"" + half + "\",\"r\":\"" + half + "\"},\"encrypt\":\""
                    + "AQID".repeat(10) + "AQI=\"}"));
        }
    },

    /** A whole pack: where its header lies, and what that says. */
    PACK {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            if (bytes.length >= PackHeader.LENGTH_FIELD) {
                try {
                    assertThat(PackHeader.sealedLength(ID, bytes, bytes.length))
                            .isBetween(Envelope.OVERHEAD, bytes.length - PackHeader.LENGTH_FIELD);
                } catch (CorruptException _) {
                    // Of most bytes.
                }
            }
            List<PackLocation> blobs = PackHeader.decode(ID, bytes, bytes.length);
            PackHeader again = new PackHeader();
            long end = 0;
            for (PackLocation blob : blobs) {
                assertThat((long) blob.offset()).isEqualTo(end);
                end += blob.length();
                again.add(blob.type(), blob.blob(), blob.length(), blob.rawLength());
            }
            assertThat(again.locations(ID)).isEqualTo(blobs);
        }

        @Override
        List<byte[]> seeds() {
            byte[] header = new byte[2 * 37 + 2 * 41];
            header[1] = 100;
            header[37] = 1;
            header[38] = 100;
            header[74] = 2;
            header[75] = 100;
            header[79] = 99;
            header[115] = 3;
            header[116] = 100;
            header[120] = 99;
            return List.of(header);
        }
    },

    /** Index, snapshot and lock files before they are JSON. */
    UNPACKED {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            try (InputStream in = Compressor.unpack("file", bytes, 1 << 20)) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (RepositoryException e) {
                throw e;
            } catch (IOException e) {
                throw new CorruptException("file", String.valueOf(e.getMessage()), e);
            }
        }

        @Override
        List<byte[]> seeds() {
            byte[] json = utf8("{\"packs\":[" + "{\"id\":1},".repeat(100) + "{}]}");
            return List.of(json, Compressor.pack(json), Compressor.pack(new byte[900_000]));
        }
    },

    /** Two bytes that say how long it is, and a frame. */
    BLOB {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            if (bytes.length < 2) {
                return;
            }
            int rawLength = ((bytes[0] & 0xff) << 8) | (bytes[1] & 0xff);
            byte[] sealed = ENVELOPE.get().seal(Arrays.copyOfRange(bytes, 2, bytes.length));
            try (BlobReader reader = new BlobReader(ENVELOPE.get())) {
                reader.decode(new PackLocation(ID, BlobType.DATA, ID, 0, sealed.length, rawLength), sealed, 0);
            }
        }

        @Override
        List<byte[]> seeds() {
            byte[] frame = Compressor.pack(utf8("compressible ".repeat(100)));
            byte[] blob = new byte[frame.length + 1];
            System.arraycopy(frame, 0, blob, 1, frame.length);
            blob[0] = 1300 >> 8;
            blob[1] = (byte) 1300;
            return List.of(blob);
        }
    },

    /** Bytes with a tag that is not theirs. */
    ENVELOPE_OF_OTHERS {
        @Override
        void parse(byte[] bytes) throws RepositoryException {
            Envelope envelope = ENVELOPE.get();
            try {
                assertThat(envelope.open(envelope.seal(bytes))).isEqualTo(bytes);
                envelope.open(bytes);
            } catch (TagMismatchException e) {
                throw new CorruptException("envelope", "its tag is wrong", e);
            }
        }

        @Override
        List<byte[]> seeds() {
            return List.of(ENVELOPE.get().seal(utf8("plain")), new byte[Envelope.OVERHEAD]);
        }
    },

    /** Not of the repository: what is to be cut. The pieces are whole, and of the lengths that were asked for. */
    CHUNKER {
        @Override
        void parse(byte[] bytes) {
            Chunker chunker = new Chunker(0x3DA3358B4DC173L, 256, 64, 1024);
            int from = 0;
            while (from < bytes.length) {
                byte[] rest = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunker.max()));
                int cut = chunker.cut(rest, 0, rest.length);
                if (cut <= 0) {
                    assertThat(rest.length).isLessThan(chunker.max());
                    return;
                }
                assertThat(cut).isBetween(chunker.min(), Math.min(rest.length, chunker.max()));
                from += cut;
            }
        }

        @Override
        List<byte[]> seeds() {
            byte[] text = new byte[3000];
            for (int i = 0; i < text.length; i++) {
                text[i] = (byte) ((i * i) >>> 3);
            }
            return List.of(text);
        }
    };

    private static final Id ID = Id.sha256();
    private static final Id OTHER = Id.sha256(new byte[] {1});
    private static final String HEX = ID.hex();
    private static final ThreadLocal<Envelope> ENVELOPE = ThreadLocal.withInitial(
            () -> new Envelope(new MasterKey(filled(32), filled(16), filled(16)), new SecureRandom()));

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    /** What may be allocated for a few bytes, and for each of them. */
    private static final long ROOM = 48L << 20;

    private static final long ROOM_A_BYTE = 2000;

    /** Reads the bytes as far as they make sense. */
    abstract void parse(byte[] bytes) throws RepositoryException;

    /** Good input. */
    abstract List<byte[]> seeds();

    /** Whatever the bytes are, it returns or throws a {@link RepositoryException}, and takes no more memory than they are worth. */
    final void hold(byte[] bytes) {
        // Classes are loaded the first time, which takes memory, too.
        long taken = memoryFor(bytes);
        if (taken >= ROOM + ROOM_A_BYTE * bytes.length) {
            taken = memoryFor(bytes);
        }
        assertThat(taken)
                .as("bytes of memory for " + bytes.length + " bytes")
                .isLessThan(ROOM + ROOM_A_BYTE * bytes.length);
    }

    private long memoryFor(byte[] bytes) {
        long before = THREADS.getCurrentThreadAllocatedBytes();
        try {
            parse(bytes);
        } catch (RepositoryException expected) {
            assertThat(expected.getMessage()).isNotEmpty();
        }
        return THREADS.getCurrentThreadAllocatedBytes() - before;
    }

    private static byte[] filled(int length) {
        byte[] bytes = new byte[length];
        Arrays.fill(bytes, (byte) 7);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static byte[] goldenTree() {
        try (InputStream in = TreeReader.class.getResourceAsStream("restic-0.14.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
