package dev.nightjar.feed.selection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectionTest {
    private static final BytePath HOME = BytePath.of("/home/me");

    /** Patterns (separated by blanks), a path whose directories end in a slash, and whether it is left out. */
    @ParameterizedTest
    @CsvSource({
        "*.tmp, a/b/x.tmp, true",
        "*.tmp, a/b/x.tmp.gz, false",
        "build/, a/build/, true",
        "build/, a/build, false",
        "build/, a/build/x, true",
        "/build, build, true",
        "/build, a/build, false",
        "a/b, a/b, true",
        "a/b, x/a/b, false",
        "**/a/b, x/y/a/b, true",
        "**/a/b, a/b, true",
        "a/**/b, a/b, true",
        "a/**/b, a/x/y/b, true",
        "a/**, a/, false",
        "a/**, a/x, true",
        "/*, a, true",
        "/*/, a, false",
        "a?c, abc, true",
        "a?c, ac, false",
        "[a-c]x, bx, true",
        "[!a-c]x, bx, false",
        "[^a-c]x, dx, true",
        "[[:digit:]], 7, true",
        "[]-]x, ]x, true",
        "[]-]x, -x, true",
        "[a-, [a-, false",
        "\\!a, !a, true",
        "\\#a, #a, true",
        "a\\*, a*, true",
        "a\\*, ab, false",
        "a\\, a\\, false",
        "* !*.txt, x.txt, false",
        "* !*.txt, a/x.txt, true",
        "*.txt !x.txt *.txt, x.txt, true",
        "/home/me/Downloads, Downloads/, true",
        "/home/me/Downloads, Downloads/x/y, true",
        "/home/me/Downloads, a/Downloads, false",
        "/home/*/Down*, Downloads, true",
        "/home/you/Downloads, Downloads, false",
        "/home/me, x, false",
        "* !/home/me/a, a, false",
        "*a*a*a*a*a*a*a*a*a*a*a*b, aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaac,"
                + " false",
    })
    void excludes(String patterns, String path, boolean leftOut) {
        SelectionRules rules = new SelectionRules(List.of(patterns.split(" ")), List.of(), false, true, false);
        DirectoryRules directory = Selection.of(rules).judgeRoot(HOME, null, false);
        assertThat(judge(directory, path).included()).isEqualTo(!leftOut);
    }

    @Test
    void reasonsNameTheRule() {
        DirectoryRules root = Selection.of(SelectionRules.EVERYTHING)
                .judgeRoot(HOME, ignore("# generated\n\n*.tmp\r\n!keep.tmp\n"), false);
        assertThat(judge(root, "x.tmp").sentence()).isEqualTo("left out by .nightjarignore:3 `*.tmp`");
        assertThat(judge(root, "keep.tmp").sentence()).isEqualTo("kept by .nightjarignore:4 `!keep.tmp`");
        assertThat(judge(root, "x").sentence()).isEqualTo("part of the selection");
        DirectoryRules deep = root.enter(Name.of("src"), null, false).enter(Name.of("b"), ignore("/x/\n"), false);
        assertThat(judge(deep, "x/y").sentence()).isEqualTo("left out by src/b/.nightjarignore:1 `/x/`");
        assertThat(judge(deep, "x").included()).isTrue();
    }

    @Test
    void deeperFilesWinButNotBelowWhatIsLeftOut() {
        DirectoryRules root =
                Selection.of(SelectionRules.EVERYTHING).judgeRoot(HOME, ignore("*.o\nout/\nlib/**/y"), false);
        DirectoryRules src = root.enter(Name.of("src"), ignore("!keep.o"), false);
        assertThat(judge(src, "keep.o").included()).isTrue();
        assertThat(judge(src, "a/keep.o").included()).isTrue();
        assertThat(judge(src, "other.o").included()).isFalse();
        DirectoryRules out = root.enter(Name.of("out"), ignore("!*"), false);
        assertThat(judge(out, "x").sentence()).isEqualTo("left out by .nightjarignore:2 `out/`");
        assertThat(judge(root, "lib/a/b/y").included()).isFalse();
    }

    @Test
    void excludesComeBeforeIgnoreFilesBeforeExcludeFilesBeforeDefaults() {
        SelectionRules rules = new SelectionRules(
                List.of("*.a"),
                List.of(new SelectionRules.PatternFile("list", bytes("*.b\n*.c\n!.thumbnails/"))),
                false,
                true,
                true);
        DirectoryRules root = Selection.of(rules).judgeRoot(HOME, ignore("!*.a\n!*.b"), false);
        assertThat(judge(root, "x.a").reason()).isEqualTo("--exclude `*.a`");
        assertThat(judge(root, "x.b").included()).isTrue();
        assertThat(judge(root, "x.c").reason()).isEqualTo("list:2 `*.c`");
        assertThat(judge(root, ".thumbnails/").included()).isTrue();
        assertThat(judge(root, ".cache/x").reason()).isEqualTo("Nightjar's defaults `.cache/`");
        assertThat(judge(root, "u/.local/share/Trash/").included()).isFalse();
        assertThat(judge(root, ".config/chromium/Default/Code Cache/").included())
                .isFalse();
        assertThat(judge(root, "node_modules/x").included()).isTrue();
    }

    @Test
    void cachesKeepOnlyTheirTag() {
        assertThat(Selection.isCacheTag(bytes("Signature: 8a477f597d28d172789f06886806bc55\n# by me")))
                .isTrue();
        assertThat(Selection.isCacheTag(bytes("Signature: 8a477f597d28d172789f06886806bc5")))
                .isFalse();
        SelectionRules rules = new SelectionRules(List.of(), List.of(), true, true, false);
        DirectoryRules root = Selection.of(rules).judgeRoot(HOME, null, false);
        assertThat(judge(root, "c/").included()).isTrue();
        DirectoryRules cache = root.enter(Name.of("c"), ignore("!*"), true);
        assertThat(judge(cache, "CACHEDIR.TAG").included()).isTrue();
        assertThat(judge(cache, "CACHEDIR.TAG/").included()).isFalse();
        assertThat(judge(cache, "x/y").sentence()).isEqualTo("left out by --exclude-caches (c/CACHEDIR.TAG)");
        DirectoryRules unasked = Selection.of(SelectionRules.STANDARD).judgeRoot(HOME, null, true);
        assertThat(judge(unasked, "x").included()).isTrue();
    }

    // C2
    @Test
    void namesAreBytes() {
        Name odd = Name.of(new byte[] {(byte) 0xff, '\n', 'x'});
        SelectionRules byFlag = new SelectionRules(List.of("\uDCFF\n?"), List.of(), false, true, false);
        assertThat(Selection.of(byFlag)
                        .judgeRoot(HOME, null, false)
                        .judge(odd, false)
                        .included())
                .isFalse();
        byte[] file = {(byte) 0xff, '*'};
        assertThat(Selection.of(SelectionRules.EVERYTHING)
                        .judgeRoot(HOME, file, false)
                        .judge(odd, false)
                        .included())
                .isFalse();
    }

    @Test
    void linesAreReadAsGitDoes() {
        byte[] file = bytes("\uFEFFa  \nb\\ \n#c\n \n\\#d\ne\\  \nlast");
        DirectoryRules root = Selection.of(SelectionRules.EVERYTHING).judgeRoot(HOME, file, false);
        assertThat(List.of("a", "b ", "#d", "e ", "last"))
                .allSatisfy(name -> assertThat(judge(root, name).included()).isFalse());
        assertThat(List.of("a  ", "b", "#c", " ", "e", "e  "))
                .allSatisfy(name -> assertThat(judge(root, name).included()).isTrue());
    }

    // C7
    @Test
    void hashCoversEveryFlag() {
        List<SelectionRules.PatternFile> file = List.of(new SelectionRules.PatternFile("f", bytes("a")));
        assertThat(List.of(
                        hash(new SelectionRules(List.of(), List.of(), false, false, false)),
                        hash(new SelectionRules(List.of("a"), List.of(), false, false, false)),
                        hash(new SelectionRules(List.of("a", ""), List.of(), false, false, false)),
                        hash(new SelectionRules(List.of(), file, false, false, false)),
                        hash(new SelectionRules(List.of(), List.of(), true, false, false)),
                        hash(new SelectionRules(List.of(), List.of(), false, true, false)),
                        hash(new SelectionRules(List.of(), List.of(), false, false, true))))
                .doesNotHaveDuplicates()
                .allMatch(hash -> hash.matches("[0-9a-f]{16}"));
        assertThat(hash(SelectionRules.STANDARD))
                .isEqualTo(hash(new SelectionRules(List.of(), List.of(), false, true, true)));
    }

    private static String hash(SelectionRules rules) {
        return Selection.of(rules).hash();
    }

    /** Judges a path below a directory, entering what lies on the way; a directory ends in a slash. */
    static Verdict judge(DirectoryRules rules, String path) {
        int slash = path.indexOf('/');
        if (slash < 0 || slash == path.length() - 1) {
            return rules.judge(Name.of(slash < 0 ? path : path.substring(0, slash)), slash > 0);
        }
        return judge(rules.enter(Name.of(path.substring(0, slash)), null, false), path.substring(slash + 1));
    }

    private static byte @Nullable [] ignore(String text) {
        return bytes(text);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
