package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.fail;

import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Config;
import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.LockFile;
import dev.nightjar.repository.format.PackHeader;
import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

/**
 * Whatever bytes come out of a repository, a parser returns or throws a {@link RepositoryException}: never anything else.
 * Seeded changes of good input, many small ones, and some that hurt parsers.
 */
final class ParserMutationTest {

    private static final long SEED = 24_112_026;
    private static final int ROUNDS = 4000;

    private static final Id ID = Id.sha256();
    private static final String HEX = ID.hex();

    private static final List<String> NASTY = List.of(
            "null",
            "-1",
            "1e999",
            "18446744073709551616",
            "9223372036854775808",
            "4294967296",
            "0.5",
            "{",
            "[",
            "]",
            "}",
            "\"",
            "\\",
            "\\u0000",
            "\\ud800",
            "\\\\x",
            "\\\\U00110000",
            "\u0000",
            "true",
            ",",
            ":",
            "[".repeat(5000),
            "{\"a\":".repeat(5000),
            "\"\"",
            "{}",
            "[]",
            "+99:99",
            "9999-99-99T99:99:99Z");

    @FunctionalInterface
    private interface Parser {
        void parse(byte[] bytes) throws RepositoryException;
    }

    private static byte[] mutate(byte[] good, Random random) {
        byte[] bytes = good.clone();
        for (int n = random.nextInt(3); n >= 0 && bytes.length > 0; n--) {
            int at = random.nextInt(bytes.length);
            int end = Math.min(bytes.length, at + random.nextInt(40));
            bytes = switch (random.nextInt(6)) {
                case 0 -> {
                    bytes[at] ^= (byte) (1 << random.nextInt(8));
                    yield bytes;
                }
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 -> splice(bytes, at, end, new byte[0]);
                case 3 -> splice(bytes, at, at, Arrays.copyOfRange(bytes, at, end));
                case 4 -> {
                    byte[] noise = new byte[random.nextInt(20)];
                    random.nextBytes(noise);
                    yield splice(bytes, at, end, noise);
                }
                default -> {
                    byte[] nasty = NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8);
                    yield splice(bytes, at, random.nextBoolean() ? at : end, nasty);
                }
            };
        }
        return bytes;
    }

    private static byte[] splice(byte[] bytes, int from, int to, byte[] by) {
        byte[] spliced = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, spliced, 0, from);
        System.arraycopy(by, 0, spliced, from, by.length);
        System.arraycopy(bytes, to, spliced, from + by.length, bytes.length - to);
        return spliced;
    }

    private static void hold(byte[] good, Parser parser) throws RepositoryException {
        parser.parse(good);
        Random random = new Random(SEED);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = mutate(good, random);
            try {
                parser.parse(bytes);
            } catch (RepositoryException expected) {
                Objects.requireNonNull(expected.getMessage());
            } catch (RuntimeException | Error e) {
                String text = new String(bytes, 0, Math.min(bytes.length, 2000), StandardCharsets.ISO_8859_1);
                fail("seed " + SEED + ", round " + round + ": " + text, e);
            }
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] goldenTree() throws IOException {
        try (InputStream in = TreeReader.class.getResourceAsStream("restic-0.14.json")) {
            return Objects.requireNonNull(in).readAllBytes();
        }
    }

    @Test
    void trees() throws Exception {
        Parser parser = bytes -> {
            TreeReader reader = new TreeReader(bytes);
            while (reader.next() != null) {
                // Only that it can be read matters.
            }
        };
        byte[] golden = goldenTree();
        hold(golden, parser);
        String text = new String(golden, StandardCharsets.UTF_8);
        hold(utf8(text.substring(0, text.indexOf("},{") + 1) + "],\"later\":{\"a\":[1,null,\"x\"]}}"), parser);
        int attributes = text.indexOf("{\"name\":\"hard\"");
        hold(utf8("{\"nodes\":[" + text.substring(attributes, text.indexOf("]},", attributes)) + "]}]}"), parser);
    }

    @Test
    void indexes() throws Exception {
        String blob =
                "{\"id\":\"" + HEX + "\",\"type\":\"data\",\"offset\":0,\"length\":120,\"uncompressed_length\":99}";
        String packs = "[{\"id\":\"" + HEX + "\",\"blobs\":[" + blob + "," + blob + "]}]";
        Parser parser =
                bytes -> IndexFile.decode("index", new ByteArrayInputStream(bytes), (location, condemned) -> {});
        hold(
                utf8("{\"supersedes\":[\"" + HEX + "\"],\"packs\":" + packs + ",\"packs_to_delete\":" + packs + "}"),
                parser);
        hold(utf8(packs), parser);
    }

    @Test
    void snapshots() throws Exception {
        hold(
                utf8("{\"time\":\"2026-01-02T03:04:05.678+02:00\",\"parent\":\"" + HEX + "\",\"tree\":\"" + HEX
                        + "\",\"paths\":[\"/home\"],\"hostname\":\"h\",\"username\":\"u\",\"uid\":1000,\"gid\":4294967295,"
                        + "\"excludes\":[\"x\"],\"tags\":null,\"original\":\"" + HEX + "\",\"program_version\":\"p\","
                        + "\"summary\":{\"backup_start\":\"2026-01-02T03:04:05Z\",\"files_new\":3,\"data_added\":9}}"),
                bytes -> SnapshotFile.decode(ID, new ByteArrayInputStream(bytes)));
    }

    @Test
    void locks() throws Exception {
        hold(
                utf8(
                        "{\"time\":\"2026-01-02T03:04:05.678+02:00\",\"exclusive\":false,\"hostname\":\"h\",\"username\":\"u\","
                            + "\"pid\":12,\"uid\":1000,\"gid\":1000}"),
                bytes -> LockFile.decode(ID, new ByteArrayInputStream(bytes)));
    }

    @Test
    void configsAndKeys() throws Exception {
        hold(
                utf8("{\"version\":2,\"id\":\"" + HEX
                        + "\",\"chunker_polynomial\":\"3da3358b4dc173\",\"is_hot\":false}"),
                Config::decode);
        hold(
                utf8(
                        "{\"created\":\"2026-01-02T03:04:05.678+02:00\",\"username\":\"u\",\"hostname\":\"h\",\"kdf\":\"scrypt\","
                            + "\"N\":32768,\"r\":8,\"p\":3,\"salt\":\"" + "AAAA".repeat(21)
                                + "AA==\",\"data\":\"AAAA\"}"),
                bytes -> KeyFile.decode("key", bytes));
    }

    @Test
    void packHeaders() throws Exception {
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
        hold(header, bytes -> PackHeader.decode(ID, bytes, bytes.length));
    }

    @Test
    void compressedFiles() throws Exception {
        byte[] packed = Compressor.pack(utf8("{\"packs\":[" + "{\"id\":1},".repeat(100) + "{}]}"));
        hold(packed, bytes -> {
            try (InputStream in = Compressor.unpack("file", bytes)) {
                in.transferTo(OutputStream.nullOutputStream());
            } catch (RepositoryException e) {
                throw e;
            } catch (IOException e) {
                throw new CorruptException("file", String.valueOf(e.getMessage()), e);
            }
        });
    }
}
