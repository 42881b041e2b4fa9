package dev.nightjar.feed.selection;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A bracket expression such as {@code [a-z[:digit:]]}: a set of bytes. */
final class ByteClass {
    private final boolean[] members = new boolean[256];

    private ByteClass() {}

    boolean contains(byte b) {
        return members[b & 0xff];
    }

    /** What {@link #parse} found: the set, and where the pattern goes on. */
    record Parsed(ByteClass set, int next) {}

    /**
     * Parses from just after the opening bracket.
     *
     * @return null if the expression never ends or names an unknown class; such a pattern matches nothing
     */
    static @Nullable Parsed parse(byte[] pattern, int from) {
        ByteClass set = new ByteClass();
        int i = from;
        boolean negated = i < pattern.length && (pattern[i] == '!' || pattern[i] == '^');
        if (negated) {
            i++;
        }
        int previous = -1; // where a range may begin
        for (boolean first = true; ; first = false) {
            if (i >= pattern.length) {
                return null;
            }
            int c = pattern[i] & 0xff;
            if (c == ']' && !first) {
                break;
            }
            int named = c == '[' ? endOfName(pattern, i) : -1;
            if (named == UNTERMINATED) {
                return null;
            }
            if (c == '-' && previous >= 0 && i + 1 < pattern.length && pattern[i + 1] != ']') {
                i++;
                if (pattern[i] == '\\' && ++i >= pattern.length) {
                    return null;
                }
                set.addRange(previous, pattern[i] & 0xff);
                previous = -1;
                i++;
            } else if (named > 0) {
                if (!set.addNamed(new String(pattern, i + 2, named - i - 2, StandardCharsets.ISO_8859_1))) {
                    return null;
                }
                previous = -1;
                i = named + 2;
            } else {
                if (c == '\\') {
                    if (++i >= pattern.length) {
                        return null;
                    }
                    c = pattern[i] & 0xff;
                }
                set.members[c] = true;
                previous = c;
                i++;
            }
        }
        if (negated) {
            for (int b = 0; b < 256; b++) {
                set.members[b] = !set.members[b];
            }
        }
        return new Parsed(set, i + 1);
    }

    private static final int NO_NAME = -1;
    private static final int UNTERMINATED = -2;

    /** Where the {@code :]} of a {@code [:name:]} that begins at {@code i} stands, if one does. */
    private static int endOfName(byte[] pattern, int i) {
        if (i + 1 >= pattern.length || pattern[i + 1] != ':') {
            return NO_NAME;
        }
        int close = i + 2;
        while (close < pattern.length && pattern[close] != ']') {
            close++;
        }
        if (close == pattern.length) {
            return UNTERMINATED;
        }
        return close - 1 >= i + 2 && pattern[close - 1] == ':' ? close - 1 : NO_NAME;
    }

    private void addRange(int from, int to) {
        if (from <= to) {
            Arrays.fill(members, from, to + 1, true);
        }
    }

    private boolean addNamed(String name) {
        switch (name) {
            case "alnum" -> {
                addNamed("alpha");
                addNamed("digit");
            }
            case "alpha" -> {
                addNamed("lower");
                addNamed("upper");
            }
            case "blank" -> {
                members[' '] = true;
                members['\t'] = true;
            }
            case "cntrl" -> {
                addRange(0, 31);
                members[127] = true;
            }
            case "digit" -> addRange('0', '9');
            case "graph" -> addRange(33, 126);
            case "lower" -> addRange('a', 'z');
            case "print" -> addRange(32, 126);
            case "punct" -> {
                addRange(33, 47);
                addRange(58, 64);
                addRange(91, 96);
                addRange(123, 126);
            }
            case "space" -> {
                members[' '] = true;
                addRange(9, 13);
            }
            case "upper" -> addRange('A', 'Z');
            case "xdigit" -> {
                addNamed("digit");
                addRange('a', 'f');
                addRange('A', 'F');
            }
            default -> {
                return false;
            }
        }
        return true;
    }
}
