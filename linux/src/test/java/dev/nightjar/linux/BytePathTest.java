package dev.nightjar.linux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C2: names are bytes, whatever they are. */
class BytePathTest {
    @ParameterizedTest
    @CsvSource({
        "'', '', ''",
        "/, /, ''",
        "///, /, ''",
        "a, a, a",
        "a//b/, a/b, a|b",
        "//a/./b/../c, /a/./b/../c, a|.|b|..|c",
    })
    void dropsSlashesThatMeanNothing(String text, String clean, String names) {
        BytePath path = BytePath.of(text);
        assertThat(path).hasToString(clean);
        assertThat(String.join("|", path.names().stream().map(Name::toString).toList()))
                .isEqualTo(names);
        assertThat(BytePath.of(path.bytes())).isEqualTo(path);
    }

    @ParameterizedTest
    @CsvSource({
        "/, /",
        "/a/./b/../c, /a/c",
        "/../a, /a",
        "../a/../.., ../..",
        "a/.., ''",
        "./a, a",
    })
    void normalizesByTheLetter(String text, String normal) {
        assertThat(BytePath.of(text).normalize()).hasToString(normal);
    }

    @Test
    void knowsParentAndName() {
        assertThat(BytePath.of("/a/b").parent()).hasToString("/a");
        assertThat(BytePath.of("/a").parent()).isEqualTo(BytePath.root());
        assertThat(BytePath.root().parent()).isNull();
        assertThat(BytePath.of("a").parent()).isEqualTo(BytePath.of(""));
        assertThat(BytePath.of("").parent()).isNull();
        assertThat(BytePath.of("/a/b").name()).isEqualTo(Name.of("b"));
        assertThat(BytePath.of("b").name()).isEqualTo(Name.of("b"));
        assertThat(BytePath.root().name()).isNull();
        assertThat(BytePath.of("").name()).isNull();
    }

    @Test
    void startsWithGoesNameByName() {
        BytePath ab = BytePath.of("/a/b");
        assertThat(ab.startsWith(BytePath.root())).isTrue();
        assertThat(ab.startsWith(BytePath.of("/a"))).isTrue();
        assertThat(ab.startsWith(ab)).isTrue();
        assertThat(ab.startsWith(BytePath.of("/a/b/c"))).isFalse();
        assertThat(BytePath.of("/ab").startsWith(BytePath.of("/a"))).isFalse();
        assertThat(ab.startsWith(BytePath.of("a"))).isFalse();
        assertThat(BytePath.of("a").startsWith(BytePath.of(""))).isTrue();
    }

    @Test
    void resolveAndRelativizeAreInverse() {
        for (String base : List.of("/", "/a", "", "a/b")) {
            for (String more : List.of("", "x", "x/y")) {
                BytePath from = BytePath.of(base);
                BytePath to = from.resolve(BytePath.of(more));
                assertThat(from.relativize(to)).hasToString(more);
            }
        }
        assertThat(BytePath.of("/a").resolve(BytePath.of("/b"))).hasToString("/b");
        assertThat(BytePath.root().resolve(Name.of("b"))).hasToString("/b");
        assertThatThrownBy(() -> BytePath.of("/a").relativize(BytePath.of("/ab")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void sortsAsAWalkDoes() {
        List<BytePath> walk = new ArrayList<>(List.of(
                BytePath.of("/"),
                BytePath.of("/a"),
                BytePath.of("/a/b"),
                BytePath.of("/a/b/c"),
                BytePath.of("/a/b\001"),
                BytePath.of("/a!"),
                BytePath.of("/a-b"),
                BytePath.of("/b"),
                BytePath.of(new byte[] {'/', (byte) 0x80})));
        List<BytePath> shuffled = new ArrayList<>(walk);
        Collections.shuffle(shuffled, new Random(7));
        Collections.sort(shuffled);
        assertThat(shuffled).isEqualTo(walk);
    }

    @Test
    void anyBytesGoThroughTextAndBack() {
        Random random = new Random(11);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            for (int j = 0; j < bytes.length; j++) {
                bytes[j] = (byte) (1 + random.nextInt(255));
                if (bytes[j] == '/') {
                    bytes[j] = '_';
                }
            }
            Name name = Name.of(bytes);
            String text = name.toArgument();
            assertThat(Name.of(text)).isEqualTo(name);
            assertThat(name.isUtf8())
                    .isEqualTo(text.chars().noneMatch(c -> c >= 0xDC80 && c <= 0xDCFF)
                            || text.codePoints().noneMatch(c -> c >= 0xDC80 && c <= 0xDCFF));
        }
    }

    @Test
    void utf8IsStrict() {
        assertThat(Name.of("Grüße 🐦").isUtf8()).isTrue();
        assertThat(Name.of("Grüße 🐦").toArgument()).isEqualTo("Grüße 🐦");
        byte[][] wrong = {
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xE0, (byte) 0x80, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF4, (byte) 0x90, (byte) 0x80, (byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xFF},
        };
        for (byte[] bytes : wrong) {
            assertThat(Name.of(bytes).isUtf8()).isFalse();
            assertThat(Name.of(Name.of(bytes).toArgument()).bytes()).isEqualTo(bytes);
        }
        assertThat(Name.of(new byte[] {'a', (byte) 0xE9}).toArgument()).isEqualTo("a\uDCE9");
    }

    @Test
    void refusesWhatIsNoName() {
        for (String text : List.of("", "a/b", "a\0", "\uD800")) {
            assertThatThrownBy(() -> Name.of(text)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> BytePath.of("a\0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void namesSortByUnsignedBytes() {
        assertThat(Name.of(new byte[] {(byte) 0x80})).isGreaterThan(Name.of("z"));
        assertThat(Name.of("a")).isLessThan(Name.of("aa"));
        assertThat(Name.of("x").hashCode()).isEqualTo(Name.of("x").hashCode());
    }
}
