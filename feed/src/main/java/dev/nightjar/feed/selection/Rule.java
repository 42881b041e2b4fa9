package dev.nightjar.feed.selection;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of patterns, as gitignore(5) describes them. */
final class Rule {
    private final List<Glob> globs;
    private final boolean directoriesOnly;
    private final boolean nameOnly;
    private final boolean fromSlash;
    private final Verdict verdict;

    private Rule(List<Glob> globs, boolean directoriesOnly, boolean nameOnly, boolean fromSlash, Verdict verdict) {
        this.globs = globs;
        this.directoriesOnly = directoriesOnly;
        this.nameOnly = nameOnly;
        this.fromSlash = fromSlash;
        this.verdict = verdict;
    }

    /** All rules of a file; {@code source} names it in reasons. */
    static List<Rule> parseFile(String source, byte[] content) {
        List<Rule> rules = new ArrayList<>();
        int start = content.length >= 3
                        && content[0] == (byte) 0xef
                        && content[1] == (byte) 0xbb
                        && content[2] == (byte) 0xbf
                ? 3
                : 0;
        int number = 0;
        while (start < content.length) {
            int end = start;
            while (end < content.length && content[end] != '\n') {
                end++;
            }
            number++;
            int last = end > start && content[end - 1] == '\r' ? end - 1 : end;
            if (last > start && content[start] != '#') {
                byte[] line = Arrays.copyOfRange(content, start, last);
                Rule rule = parse(source + ":" + number, withoutTrailingSpaces(line));
                if (rule != null) {
                    rules.add(rule);
                }
            }
            start = end + 1;
        }
        return List.copyOf(rules);
    }

    /**
     * Parses a single pattern.
     *
     * @return null if it matches nothing
     */
    static @Nullable Rule parse(String source, byte[] line) {
        boolean negated = line.length > 0 && line[0] == '!';
        int from = negated ? 1 : 0;
        int to = line.length;
        boolean directoriesOnly = to > from && line[to - 1] == '/';
        if (directoriesOnly) {
            to--;
        }
        boolean nameOnly = true;
        for (int i = from; i < to; i++) {
            nameOnly &= line[i] != '/';
        }
        boolean fromSlash = to > from && line[from] == '/';
        byte[] pattern = Arrays.copyOfRange(line, fromSlash ? from + 1 : from, to);
        List<Glob> globs = pattern.length == 0 ? null : Glob.parse(pattern);
        if (globs == null) {
            return null;
        }
        String reason = source + " `" + new String(line, StandardCharsets.UTF_8) + "`";
        return new Rule(globs, directoriesOnly, nameOnly, fromSlash, new Verdict(negated, reason));
    }

    private static byte[] withoutTrailingSpaces(byte[] line) {
        int length = 0;
        for (int i = 0; i < line.length; i++) {
            if (line[i] == '\\') {
                i++;
                length = Math.min(i + 1, line.length);
            } else if (line[i] != ' ') {
                length = i + 1;
            }
        }
        return Arrays.copyOf(line, length);
    }

    Verdict verdict() {
        return verdict;
    }

    /** Whether the pattern begins with a slash, so that on the command line it may be an absolute path. */
    boolean fromSlash() {
        return fromSlash;
    }

    /**
     * Whether the rule speaks of an entry.
     *
     * @param directories names on the way; those before {@code from} lie above the place the rule belongs to
     * @param name the entry's own
     */
    boolean matches(byte[][] directories, int from, byte[] name, boolean directory) {
        if (directoriesOnly && !directory) {
            return false;
        }
        if (nameOnly) {
            return globs.getFirst().matches(name);
        }
        int components = directories.length - from + 1;
        int glob = 0;
        int at = 0;
        int anyDepth = -1; // the last "**" passed, and the component its match now ends before
        int anyDepthEnd = 0;
        while (at < components) {
            byte[] component = at == components - 1 ? name : directories[from + at];
            if (glob < globs.size() && globs.get(glob) == Glob.ANY_DEPTH) {
                if (glob == globs.size() - 1) {
                    return true;
                }
                anyDepth = glob++;
                anyDepthEnd = at;
            } else if (glob < globs.size() && globs.get(glob).matches(component)) {
                glob++;
                at++;
            } else if (anyDepth >= 0) {
                glob = anyDepth + 1;
                at = ++anyDepthEnd;
            } else {
                return false;
            }
        }
        // A "**" at the end needs something below: "a/**" is what is in "a", not "a" itself.
        return glob == globs.size();
    }

    /**
     * Whether the rule says the same of everything in a directory, wherever of two places that is.
     *
     * @param one the names on the way to it and its own; those before {@code from} lie above the place the rule belongs to
     * @param other the same for the other place
     */
    boolean saysTheSameBelow(byte[][] one, byte[][] other, int from) {
        return nameOnly || reached(one, from).equals(reached(other, from));
    }

    /** How far into the pattern these names lead: each number of globs, but not all, that can match them. */
    private BitSet reached(byte[][] names, int from) {
        BitSet reached = withAnyDepthPassed(BitSet.valueOf(new long[] {1}));
        for (int at = from; at < names.length; at++) {
            BitSet next = new BitSet(globs.size() + 1);
            for (int glob = reached.nextSetBit(0);
                    glob >= 0 && glob < globs.size();
                    glob = reached.nextSetBit(glob + 1)) {
                if (globs.get(glob) == Glob.ANY_DEPTH) {
                    next.set(glob);
                } else if (globs.get(glob).matches(names[at])) {
                    next.set(glob + 1);
                }
            }
            reached = withAnyDepthPassed(next);
        }
        reached.clear(globs.size());
        return reached;
    }

    private BitSet withAnyDepthPassed(BitSet reached) {
        for (int glob = reached.nextSetBit(0); glob >= 0 && glob < globs.size(); glob = reached.nextSetBit(glob + 1)) {
            if (globs.get(glob) == Glob.ANY_DEPTH) {
                reached.set(glob + 1);
            }
        }
        return reached;
    }
}
