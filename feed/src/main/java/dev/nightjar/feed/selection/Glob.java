package dev.nightjar.feed.selection;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern for one path component, or {@code **}. Matching takes at most (length of the pattern) times (length of the
 * name) steps, whatever the pattern.
 */
final class Glob {
    /** Any number of components. */
    static final Glob ANY_DEPTH = new Glob(List.of());

    private enum Wildcard {
        ONE,
        MANY
    }

    /** Byte, ByteClass or Wildcard. */
    private final Object[] tokens;

    private final byte @Nullable [] literal;

    private Glob(List<Object> tokens) {
        this.tokens = tokens.toArray();
        this.literal = literal(tokens);
    }

    private static byte @Nullable [] literal(List<Object> tokens) {
        byte[] bytes = new byte[tokens.size()];
        for (int i = 0; i < bytes.length; i++) {
            if (!(tokens.get(i) instanceof Byte b)) {
                return null;
            }
            bytes[i] = b;
        }
        return bytes;
    }

    /**
     * Splits a pattern at its slashes.
     *
     * @return null if the pattern can match nothing (a bracket that never ends, a backslash at the end)
     */
    static @Nullable List<Glob> parse(byte[] pattern) {
        List<Glob> globs = new ArrayList<>();
        List<Object> tokens = new ArrayList<>();
        int i = 0;
        while (i < pattern.length) {
            byte c = pattern[i++];
            if (c == '\\') {
                if (i == pattern.length) {
                    return null;
                }
                c = pattern[i++];
                if (c != '/') {
                    tokens.add(c);
                    continue;
                }
            }
            switch (c) {
                case '/' -> {
                    globs.add(component(tokens));
                    tokens = new ArrayList<>();
                }
                case '*' -> tokens.add(Wildcard.MANY);
                case '?' -> tokens.add(Wildcard.ONE);
                case '[' -> {
                    ByteClass.Parsed parsed = ByteClass.parse(pattern, i);
                    if (parsed == null) {
                        return null;
                    }
                    tokens.add(parsed.set());
                    i = parsed.next();
                }
                default -> tokens.add(c);
            }
        }
        globs.add(component(tokens));
        return globs;
    }

    private static Glob component(List<Object> tokens) {
        boolean onlyStars = tokens.stream().allMatch(token -> token == Wildcard.MANY);
        return onlyStars && tokens.size() > 1 ? ANY_DEPTH : new Glob(tokens);
    }

    boolean matches(byte[] name) {
        if (this == ANY_DEPTH) {
            return true;
        }
        if (literal != null) {
            return Arrays.equals(literal, name);
        }
        int token = 0;
        int at = 0;
        int star = -1; // the last "*" passed, and where its match now ends
        int starEnd = 0;
        while (at < name.length) {
            if (token < tokens.length && tokens[token] == Wildcard.MANY) {
                star = token++;
                starEnd = at;
            } else if (token < tokens.length && matchesOne(tokens[token], name[at])) {
                token++;
                at++;
            } else if (star >= 0) {
                token = star + 1;
                at = ++starEnd;
            } else {
                return false;
            }
        }
        while (token < tokens.length && tokens[token] == Wildcard.MANY) {
            token++;
        }
        return token == tokens.length;
    }

    private static boolean matchesOne(Object token, byte b) {
        return switch (token) {
            case Byte expected -> expected == b;
            case ByteClass set -> set.contains(b);
            default -> token == Wildcard.ONE;
        };
    }
}
