package dev.nightjar.feed.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When what is below a directory is decided as it was at another place. */
final class RelocatedRulesTest {
    private static final BytePath HOME = BytePath.of("/home/me");
    private static final List<String> NAMES = List.of("a", "b", "c");

    private static DirectoryRules enter(DirectoryRules rules, List<String> way) {
        DirectoryRules at = rules;
        for (String name : way) {
            at = at.enter(Name.of(name), null, false);
        }
        return at;
    }

    private static List<String> way(@Nullable String path) {
        return path == null ? List.of() : List.of(path.split("/"));
    }

    private static boolean decidesBelowAsBefore(DirectoryRules root, List<String> before, List<String> here) {
        int last = here.size() - 1;
        return enter(root, here.subList(0, last))
                .decideBelowAsBefore(
                        Name.of(here.get(last)),
                        last,
                        before.stream().map(Name::of).toList());
    }

    /** Patterns, the place before, the place here, and whether they decide alike. */
    @ParameterizedTest
    @CsvSource({
        "*.o build/, a/b, c, true",
        "/a/x, a, b, false",
        "/a/x, b, c/d, true",
        "/*/x, a, b, true",
        "/*/x, a, b/c, false",
        "/*, a, b/c, true",
        "**/a/x, a, b, false",
        "**/a/x, b, c/d/e, true",
        "a/**/x, a/b, a/c/d, true",
        "a/**/x, a/b, b, false",
        "a/**, a/b, b, false",
        "/home/me/a/x, a, b, false",
        "/home/me/a/x, b, c, true",
        "/home/*/a, b, c, true",
    })
    void alike(String patterns, String before, String here, boolean alike) {
        SelectionRules rules = new SelectionRules(List.of(patterns.split(" ")), List.of(), false, true, true);
        DirectoryRules root = Selection.of(rules).judgeRoot(HOME, null, false);
        assertThat(decidesBelowAsBefore(root, way(before), way(here))).isEqualTo(alike);
    }

    @Test
    void anIgnoreFileOnTheNewWayMaySpeak() {
        DirectoryRules root = Selection.of(SelectionRules.STANDARD).judgeRoot(HOME, null, false);
        byte[] ignore = "*.o".getBytes(StandardCharsets.US_ASCII);
        DirectoryRules speaking = root.enter(Name.of("a"), ignore, false);
        assertThat(speaking.decideBelowAsBefore(Name.of("x"), 1, List.of(Name.of("x"))))
                .isFalse();
        assertThat(speaking.decideBelowAsBefore(Name.of("x"), 0, List.of(Name.of("y"))))
                .isTrue();
    }

    /** Whatever the patterns: a yes is right for everything below. */
    @Test
    void aYesIsRightForEverythingBelow() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(20261124);
        int yes = 0;
        int different = 0;
        for (int i = 0; i < 4000; i++) {
            SelectionRules rules = new SelectionRules(
                    patterns(random),
                    List.of(new SelectionRules.PatternFile("list", lines(patterns(random)))),
                    false,
                    true,
                    false);
            DirectoryRules root = Selection.of(rules).judgeRoot(HOME, lines(patterns(random)), false);
            List<String> before = names(random, 1 + random.nextInt(3));
            List<String> here = names(random, 1 + random.nextInt(3));
            boolean alike = decidesBelowAsBefore(root, before, here);
            DirectoryRules there = enter(root, before);
            DirectoryRules now = enter(root, here);
            if (!isIncluded(root, before) || !isIncluded(root, here)) {
                continue;
            }
            yes += alike ? 1 : 0;
            for (int j = 0; j < 40; j++) {
                List<String> below = names(random, 1 + random.nextInt(3));
                boolean same = isIncluded(there, below) == isIncluded(now, below);
                assertThat(same || !alike)
                        .as("%s: %s and %s, below: %s", rules, before, here, below)
                        .isTrue();
                different += same ? 0 : 1;
            }
        }
        assertThat(yes).isGreaterThan(100);
        assertThat(different).isGreaterThan(100);
    }

    private static boolean isIncluded(DirectoryRules rules, List<String> way) {
        DirectoryRules above = enter(rules, way.subList(0, way.size() - 1));
        return above.judge(Name.of(way.getLast()), true).included();
    }

    private static List<String> names(RandomGenerator random, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(NAMES.get(random.nextInt(NAMES.size())));
        }
        return names;
    }

    private static List<String> patterns(RandomGenerator random) {
        List<String> patterns = new ArrayList<>();
        for (int i = random.nextInt(3); i > 0; i--) {
            StringBuilder pattern = new StringBuilder(random.nextInt(3) == 0 ? "!" : "");
            pattern.append(random.nextInt(3) == 0 ? random.nextInt(3) == 0 ? "/home/me/" : "/" : "");
            for (int j = random.nextInt(3); j >= 0; j--) {
                pattern.append(List.of("a", "b", "c", "*", "**", "[ab]").get(random.nextInt(6)))
                        .append(j == 0 ? "" : "/");
            }
            patterns.add(pattern.toString());
        }
        return patterns;
    }

    private static byte[] lines(List<String> patterns) {
        return String.join("\n", patterns).getBytes(StandardCharsets.US_ASCII);
    }
}
