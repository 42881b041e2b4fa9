package dev.nightjar.repository.tree;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;

/**
 * A growing array of bytes that is written as Go's encoding/json writes: HTML-safe ({@code < > &} and U+2028, U+2029 as
 * {@code \}{@code u003c} and so on), invalid UTF-8 as {@code \}{@code ufffd}, all else as UTF-8. Source: Go 1.19,
 * encoding/json encodeState.string.
 */
final class JsonSink {

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    /** ASCII that stands for itself in a JSON string. */
    private static final boolean[] PLAIN = new boolean[128];

    static {
        for (int c = ' '; c < 128; c++) {
            PLAIN[c] = c != '"' && c != '\\' && c != '<' && c != '>' && c != '&';
        }
    }

    private byte[] bytes = new byte[8192];
    private int length;

    /** What was written, not a copy. */
    ByteBuffer written() {
        return ByteBuffer.wrap(bytes, 0, length);
    }

    int length() {
        return length;
    }

    private void room(int more) {
        if (bytes.length - length < more) {
            // By half: the tree of a directory with 100,000 entries has 35 MB, and both arrays are held while one is
            // copied.
            bytes = Arrays.copyOf(
                    bytes, Math.max(Math.addExact(length, more), (int) Math.min(bytes.length * 3L / 2, 1L << 30)));
        }
    }

    void raw(int b) {
        room(1);
        bytes[length++] = (byte) b;
    }

    /** ASCII as it is. */
    void raw(String ascii) {
        room(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            bytes[length++] = (byte) ascii.charAt(i);
        }
    }

    void raw(byte[] literal) {
        raw(literal, 0, literal.length);
    }

    void raw(byte[] from, int offset, int count) {
        room(count);
        System.arraycopy(from, offset, bytes, length, count);
        length += count;
    }

    void hex(byte[] from) {
        room(2 * from.length);
        for (byte b : from) {
            bytes[length++] = HEX[b >> 4 & 0xf];
            bytes[length++] = HEX[b & 0xf];
        }
    }

    void hexByte(int b) {
        raw(HEX[b >> 4 & 0xf]);
        raw(HEX[b & 0xf]);
    }

    /** A number taken as unsigned, in decimal. */
    void unsigned(long value) {
        if (value < 0) {
            long tenth = Long.divideUnsigned(value, 10);
            unsigned(tenth);
            raw('0' + (int) (value - tenth * 10));
            return;
        }
        digits(value, 1);
    }

    /** A non-negative number in decimal, with at least so many digits. */
    void digits(long value, int atLeast) {
        int count = 1;
        for (long rest = value / 10; rest != 0; rest /= 10) {
            count++;
        }
        count = Math.max(count, atLeast);
        room(count);
        long rest = value;
        for (int i = length + count - 1; i >= length; i--) {
            bytes[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        length += count;
    }

    void base64(byte[] value) {
        raw('"');
        raw(Base64.getEncoder().encode(value));
        raw('"');
    }

    void string(String value) {
        string(value.getBytes(StandardCharsets.UTF_8));
    }

    /** A JSON string with its quotes. */
    void string(byte[] value) {
        raw('"');
        int plain = 0;
        for (int at = 0; at < value.length; ) {
            int b = value[at];
            if (b >= 0 && PLAIN[b]) {
                at++;
                continue;
            }
            int rune = Runes.decode(value, at, value.length);
            int width = rune == Runes.INVALID ? 1 : Runes.length(rune);
            if (width == 1 || rune == 0x2028 || rune == 0x2029) {
                raw(value, plain, at - plain);
                escaped(rune == Runes.INVALID ? 0xfffd : rune);
                plain = at + width;
            }
            at += width;
        }
        raw(value, plain, value.length - plain);
        raw('"');
    }

    /** One character of the basic plane as JSON escapes it. */
    void escaped(int rune) {
        raw('\\');
        switch (rune) {
            case '"', '\\' -> raw(rune);
            case '\n' -> raw('n');
            case '\r' -> raw('r');
            case '\t' -> raw('t');
            default -> {
                raw('u');
                hexByte(rune >> 8);
                hexByte(rune);
            }
        }
    }
}
