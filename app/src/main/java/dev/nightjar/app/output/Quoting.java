package dev.nightjar.app.output;

/**
 * File names as GNU ls shows them: as they are if a shell would take them so, else in single quotes, and bytes that
 * could move a cursor or mislead the eye (control, bidirectional, not UTF-8) as {@code $'\033'}. What is shown can be
 * pasted into a shell, and is always one line.
 */
public final class Quoting {
    private static final String PLAIN = "%+,-./:@_]#~";

    private Quoting() {}

    /** Quotes a name in the form of {@link RawText}. */
    public static String quote(String name) {
        if (name.isEmpty()) {
            return "''";
        }
        boolean special = name.startsWith("~") || name.startsWith("#");
        if (!special && name.codePoints().allMatch(Quoting::isPlain)) {
            return name;
        }
        boolean allShown = name.codePoints().allMatch(Quoting::isShown);
        if (allShown && name.indexOf('\'') >= 0 && name.codePoints().noneMatch(c -> "\"$`\\!".indexOf(c) >= 0)) {
            return '"' + name + '"';
        }
        return pieces(name);
    }

    private static String pieces(String name) {
        StringBuilder out = new StringBuilder();
        boolean[] inside = {false};
        StringBuilder hidden = new StringBuilder();
        name.codePoints().forEach(c -> {
            if (isShown(c) && c != '\'') {
                close(out, hidden, inside);
                if (!inside[0]) {
                    out.append('\'');
                    inside[0] = true;
                }
                out.appendCodePoint(c);
            } else if (c == '\'') {
                close(out, hidden, inside);
                out.append(inside[0] ? "'\\''" : "\\'");
            } else {
                hidden.append(escape(c));
            }
        });
        close(out, hidden, inside);
        if (inside[0]) {
            out.append('\'');
        }
        return out.toString();
    }

    private static void close(StringBuilder out, StringBuilder hidden, boolean[] inside) {
        if (hidden.isEmpty()) {
            return;
        }
        if (inside[0]) {
            out.append('\'');
            inside[0] = false;
        } else if (out.isEmpty()) {
            out.append("''");
        }
        out.append("$'").append(hidden).append('\'');
        hidden.setLength(0);
    }

    private static String escape(int c) {
        return switch (c) {
            case '\n' -> "\\n";
            case '\t' -> "\\t";
            case '\r' -> "\\r";
            default -> octal(Character.toString(c));
        };
    }

    private static String octal(String text) {
        StringBuilder octal = new StringBuilder();
        for (byte b : RawText.encode(text)) {
            octal.append('\\');
            String digits = Integer.toOctalString(b & 0xFF);
            octal.append("0".repeat(3 - digits.length())).append(digits);
        }
        return octal.toString();
    }

    private static boolean isPlain(int c) {
        return c < 0x80
                ? (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || PLAIN.indexOf(c) >= 0
                : isShown(c) && !Character.isWhitespace(c) && !Character.isSpaceChar(c);
    }

    /** Whether a terminal shows the character as something visible that stays where it is. */
    private static boolean isShown(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }

    /** Shortens a name in the middle so that it has at most {@code width} characters. */
    public static String shorten(String name, int width) {
        int length = name.codePointCount(0, name.length());
        if (length <= width || width < 5) {
            return name;
        }
        int head = (width - 3) / 2;
        int tail = width - 3 - head;
        return name.substring(0, name.offsetByCodePoints(0, head)) + "..."
                + name.substring(name.offsetByCodePoints(name.length(), -tail));
    }

    /** Text from elsewhere (a system's message) made safe for one line of a terminal. */
    public static String oneLine(String text) {
        StringBuilder line = new StringBuilder(text.length());
        text.codePoints().forEach(c -> {
            if (isShown(c)) {
                line.appendCodePoint(c);
            } else {
                line.append(c == '\n' || c == '\t' ? " " : "\uFFFD");
            }
        });
        return line.toString();
    }
}
