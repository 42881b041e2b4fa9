package dev.nightjar.feed.model;

import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.Name;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;

/** The names of the model's world: few, so that they are used again and again, and some of them odd. */
final class Names {
    /** Never touched by the mutator. */
    static final Name ANCHOR = Name.of("anchor");

    private static final List<Name> PLAIN = List.of("a", "b", "c", "d", "e", "f", "g", "h", "a.txt", "b.txt").stream()
            .map(Name::of)
            .toList();

    private static final List<Name> ODD = List.of(
            Name.of(new byte[] {(byte) 0xff, '\n', (byte) 0x80}),
            Name.of("x".repeat(255)),
            Name.of("-rf *"),
            Name.of("\u00e9\t"));

    private static final List<Name> LEFT_OUT = List.of(Name.of("a.skip"), Name.of("b.skip"), Name.of("skipped"));

    /** Lines of ignore files; every one of them speaks of names that are in use. */
    private static final List<String> IGNORE_LINES =
            List.of("/a", "b/", "c", "!c", "/d/e", "**/f/g", "*.txt", "!a.txt", "!*.skip", "e/*", "!h", "h");

    static final SelectionRules RULES = new SelectionRules(List.of("skipped", "/g/h/"), List.of(), false, true, false);

    private Names() {}

    static Name any(RandomGenerator random) {
        return random.nextInt(12) == 0 ? one(random, ODD) : one(random, PLAIN);
    }

    static Name leftOut(RandomGenerator random) {
        return one(random, LEFT_OUT);
    }

    static boolean isLeftOut(Name name) {
        return LEFT_OUT.contains(name);
    }

    static byte[] ignorePatterns(RandomGenerator random) {
        StringBuilder text = new StringBuilder("*.skip\n");
        for (int i = random.nextInt(3); i > 0; i--) {
            text.append(IGNORE_LINES.get(random.nextInt(IGNORE_LINES.size()))).append('\n');
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    static Selection selection() {
        return Selection.of(RULES);
    }

    private static Name one(RandomGenerator random, List<Name> names) {
        return names.get(random.nextInt(names.size()));
    }
}
