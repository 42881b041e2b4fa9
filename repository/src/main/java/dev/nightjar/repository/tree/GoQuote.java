package dev.nightjar.repository.tree;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The form in which restic keeps a file's name: Go's strconv.Quote without the outer quotes. Any bytes go in and the same
 * bytes come out. rustic escapes fewer characters; {@link #unquote} reads both. Source: Go 1.19, strconv/quote.go.
 */
final class GoQuote {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BACKSLASH = {'\\', '\\'};

    private GoQuote() {}

    /** Writes the quoted name as a JSON string with its quotes. */
    static void writeJson(byte[] name, JsonSink out) {
        out.raw('"');
        int plain = 0;
        for (int at = 0; at < name.length; ) {
            int rune = Runes.decode(name, at, name.length);
            int width = rune == Runes.INVALID ? 1 : Runes.length(rune);
            if (!standsForItself(rune)) {
                out.raw(name, plain, at - plain);
                writeEscaped(rune, name[at] & 0xff, out);
                plain = at + width;
            }
            at += width;
        }
        out.raw(name, plain, name.length - plain);
        out.raw('"');
    }

    private static boolean standsForItself(int rune) {
        if (rune < 0x80) {
            return rune >= ' '
                    && rune != 0x7f
                    && rune != '"'
                    && rune != '\\'
                    && rune != '<'
                    && rune != '>'
                    && rune != '&';
        }
        return Runes.isPrintable(rune);
    }

    private static void writeEscaped(int rune, int firstByte, JsonSink out) {
        if (rune == '<' || rune == '>' || rune == '&') {
            out.escaped(rune);
            return;
        }
        out.raw(BACKSLASH);
        switch (rune) {
            case Runes.INVALID -> hex('x', 2, firstByte, out);
            case '"' -> out.escaped('"');
            case '\\' -> out.raw(BACKSLASH);
            case 7 -> out.raw('a');
            case '\b' -> out.raw('b');
            case '\f' -> out.raw('f');
            case '\n' -> out.raw('n');
            case '\r' -> out.raw('r');
            case '\t' -> out.raw('t');
            case 11 -> out.raw('v');
            default -> {
                if (rune < 0x80) {
                    hex('x', 2, rune, out);
                } else if (rune < 0x10000) {
                    hex('u', 4, rune, out);
                } else {
                    hex('U', 8, rune, out);
                }
            }
        }
    }

    private static void hex(char kind, int digits, int value, JsonSink out) {
        out.raw(kind);
        for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) {
            out.raw(HEX[value >> shift & 0xf]);
        }
    }

    /** The bytes of a name from its quoted form, or null if that has an escape Go does not know. */
    static byte @Nullable [] unquote(byte[] quoted) {
        int first = 0;
        while (first < quoted.length && quoted[first] != '\\') {
            first++;
        }
        if (first == quoted.length) {
            return quoted;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(quoted.length);
        out.write(quoted, 0, first);
        for (int at = first; at < quoted.length; ) {
            if (quoted[at] != '\\') {
                out.write(quoted[at++]);
                continue;
            }
            at = unescape(quoted, at + 1, out);
            if (at < 0) {
                return null;
            }
        }
        return out.toByteArray();
    }

    /** Reads one escape whose letter is at {@code at}; returns the position after it, or -1. */
    private static int unescape(byte[] quoted, int at, ByteArrayOutputStream out) {
        if (at == quoted.length) {
            return -1;
        }
        switch (quoted[at]) {
            case '\\', '"', '\'' -> out.write(quoted[at]);
            case 'a' -> out.write(7);
            case 'b' -> out.write('\b');
            case 'f' -> out.write('\f');
            case 'n' -> out.write('\n');
            case 'r' -> out.write('\r');
            case 't' -> out.write('\t');
            case 'v' -> out.write(11);
            case 'x' -> {
                return number(quoted, at + 1, 2, 16, out);
            }
            case 'u' -> {
                return number(quoted, at + 1, 4, 16, out);
            }
            case 'U' -> {
                return number(quoted, at + 1, 8, 16, out);
            }
            case '0', '1', '2', '3', '4', '5', '6', '7' -> {
                return number(quoted, at, 3, 8, out);
            }
            default -> {
                return -1;
            }
        }
        return at + 1;
    }

    private static int number(byte[] quoted, int at, int digits, int radix, ByteArrayOutputStream out) {
        if (quoted.length - at < digits) {
            return -1;
        }
        long value = 0;
        for (int i = at; i < at + digits; i++) {
            int digit = Character.digit(quoted[i], radix);
            if (digit < 0) {
                return -1;
            }
            value = value * radix + digit;
        }
        if (digits < 4) {
            out.write((int) value);
            return value > 0xff ? -1 : at + digits;
        }
        if (value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff)) {
            return -1;
        }
        byte[] utf8 = new byte[4];
        out.write(utf8, 0, Runes.encode((int) value, utf8, 0));
        return at + digits;
    }
}
