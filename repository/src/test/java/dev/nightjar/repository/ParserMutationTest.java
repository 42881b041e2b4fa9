package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Whatever bytes come out of a repository, a parser returns or throws a {@link RepositoryException}: never anything else.
 * Seeded changes of good input, many small ones, and some that hurt parsers.
 */
final class ParserMutationTest {

    private static final long SEED = 24_112_026;
    private static final int ROUNDS = 3000;

    /** Of these even good bytes are refused at the end: the hash or the tag is of others. */
    private static final Set<Parser> NEVER_GOOD = EnumSet.of(Parser.BLOB, Parser.ENVELOPE_OF_OTHERS);

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

    /** Good input is read, and what seeded changes make of it holds. */
    @ParameterizedTest
    @EnumSource
    void changesOfGoodInput(Parser parser) throws Exception {
        Random random = new Random(SEED);
        for (byte[] good : parser.seeds()) {
            if (!NEVER_GOOD.contains(parser)) {
                parser.parse(good);
            }
            for (int round = 0; round < ROUNDS; round++) {
                hold(parser, mutate(good, random), "seed " + SEED + ", round " + round);
            }
        }
    }

    /** What fuzzing has found, and what it came to on the way, in {@code fuzz/PARSER/}. */
    @ParameterizedTest
    @EnumSource
    void inputThatWasFound(Parser parser) throws Exception {
        URL found = getClass().getResource("fuzz/" + parser);
        assertThat(found).as("input for " + parser).isNotNull();
        try (Stream<Path> files = Files.list(Path.of(found.toURI()))) {
            for (Path file : files.sorted().toList()) {
                hold(parser, Files.readAllBytes(file), String.valueOf(file.getFileName()));
            }
        }
    }

    private static void hold(Parser parser, byte[] bytes, String what) {
        try {
            parser.hold(bytes);
        } catch (RuntimeException | Error e) {
            String text = new String(bytes, 0, Math.min(bytes.length, 2000), StandardCharsets.ISO_8859_1);
            fail(parser + ", " + what + ": " + text, e);
        }
    }
}
