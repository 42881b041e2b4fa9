package dev.nightjar.repository.tree;

import dev.nightjar.repository.CorruptException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON out of an array of bytes, strictly, with strings as the bytes they stand for. Whatever the bytes are, only
 * {@link CorruptException} comes out. A lone surrogate escape is U+FFFD, as Go reads it.
 */
final class JsonScanner {

    /** As deep as values that are passed over may be nested; restic's own are four deep. */
    private static final int DEEPEST = 64;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private int at;

    JsonScanner(byte[] bytes) {
        this.bytes = bytes;
    }

    CorruptException corrupt(String why) {
        return new CorruptException("a tree is not what restic writes", why + " (byte " + at + ")");
    }

    /** The next byte that is no white space, left where it is; -1 at the end. */
    int peek() {
        while (at < bytes.length) {
            int b = bytes[at];
            if (b != ' ' && b != '\n' && b != '\t' && b != '\r') {
                return b & 0xff;
            }
            at++;
        }
        return -1;
    }

    /** Where the next byte is that {@link #peek} has not passed. */
    int position() {
        return at;
    }

    void expect(char c) throws CorruptException {
        if (peek() != c) {
            throw corrupt("expected " + c);
        }
        at++;
    }

    boolean accept(char c) {
        if (peek() != c) {
            return false;
        }
        at++;
        return true;
    }

    /** Nothing but white space may be left. */
    void expectEnd() throws CorruptException {
        if (peek() != -1) {
            throw corrupt("something follows the end");
        }
    }

    boolean acceptNull() {
        return peek() == 'n' && acceptWord(NULL);
    }

    private boolean acceptWord(byte[] word) {
        int end = at + word.length;
        if (end > bytes.length || !Arrays.equals(bytes, at, end, word, 0, word.length)) {
            return false;
        }
        at = end;
        return true;
    }

    /** The key of the next member of an object whose brace was read, or null after its last. */
    byte @Nullable [] key(boolean first) throws CorruptException {
        if (accept('}')) {
            return null;
        }
        if (!first) {
            expect(',');
        }
        byte[] key = string();
        expect(':');
        return key;
    }

    /** Whether another element follows in an array whose bracket was read. */
    boolean element(boolean first) throws CorruptException {
        if (accept(']')) {
            return false;
        }
        if (!first) {
            expect(',');
        }
        return true;
    }

    /** A string, as the bytes it stands for. */
    byte[] string() throws CorruptException {
        expect('"');
        int start = at;
        int escapes = 0;
        for (; ; at++) {
            if (at >= bytes.length) {
                throw corrupt("a string does not end");
            }
            byte b = bytes[at];
            if (b == '"') {
                break;
            }
            if (b == '\\') {
                escapes++;
                at++;
            } else if (b >= 0 && b < ' ') {
                throw corrupt("a control character in a string");
            }
        }
        int end = at++;
        return escapes == 0 ? Arrays.copyOfRange(bytes, start, end) : unescape(start, end);
    }

    private byte[] unescape(int start, int end) throws CorruptException {
        byte[] out = new byte[end - start];
        int length = 0;
        for (int i = start; i < end; ) {
            if (bytes[i] != '\\') {
                out[length++] = bytes[i++];
                continue;
            }
            int letter = bytes[i + 1];
            i += 2;
            if (letter != 'u') {
                out[length++] = simpleEscape(letter);
                continue;
            }
            int rune = hex4(i, end);
            i += 4;
            if (Character.isSurrogate((char) rune)) {
                boolean paired = rune < 0xdc00 && i + 6 <= end && bytes[i] == '\\' && bytes[i + 1] == 'u';
                int low = paired ? hex4(i + 2, end) : 0;
                if (low >= 0xdc00 && low <= 0xdfff) {
                    rune = Character.toCodePoint((char) rune, (char) low);
                    i += 6;
                } else {
                    rune = 0xfffd;
                }
            }
            length = Runes.encode(rune, out, length);
        }
        return Arrays.copyOf(out, length);
    }

    private byte simpleEscape(int letter) throws CorruptException {
        return switch (letter) {
            case '"', '\\', '/' -> (byte) letter;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> throw corrupt("an unknown escape in a string");
        };
    }

    private int hex4(int from, int end) throws CorruptException {
        if (from + 4 > end) {
            throw corrupt("a short escape in a string");
        }
        int value = 0;
        for (int i = from; i < from + 4; i++) {
            int digit = Character.digit(bytes[i], 16);
            if (digit < 0) {
                throw corrupt("an escape in a string is not hexadecimal");
            }
            value = (value << 4) | digit;
        }
        return value;
    }

    /** A whole number of up to 64 bits; those above Long.MAX_VALUE come out negative. */
    long unsigned() throws CorruptException {
        int first = peek();
        if (first < '0' || first > '9') {
            throw corrupt("expected a number");
        }
        long value = 0;
        for (; at < bytes.length && bytes[at] >= '0' && bytes[at] <= '9'; at++) {
            int digit = bytes[at] - '0';
            if (Long.compareUnsigned(value, 1844674407370955161L) > 0 || (value == 1844674407370955161L && digit > 5)) {
                throw corrupt("a number is too large");
            }
            value = value * 10 + digit;
        }
        if (at < bytes.length && (bytes[at] == '.' || bytes[at] == 'e' || bytes[at] == 'E')) {
            throw corrupt("expected a whole number");
        }
        return value;
    }

    /** Passes over any value. */
    void skip() throws CorruptException {
        skip(0);
    }

    private void skip(int depth) throws CorruptException {
        if (depth > DEEPEST) {
            throw corrupt("nested too deeply");
        }
        switch (peek()) {
            case '{' -> {
                at++;
                for (boolean first = true; key(first) != null; first = false) {
                    skip(depth + 1);
                }
            }
            case '[' -> {
                at++;
                for (boolean first = true; element(first); first = false) {
                    skip(depth + 1);
                }
            }
            case '"' -> string();
            case 'n', 't', 'f' -> {
                if (!acceptWord(NULL) && !acceptWord(TRUE) && !acceptWord(FALSE)) {
                    throw corrupt("an unknown word");
                }
            }
            default -> skipNumber();
        }
    }

    private void skipNumber() throws CorruptException {
        int start = at;
        while (at < bytes.length && "+-0123456789.eE".indexOf(bytes[at]) >= 0) {
            at++;
        }
        if (at == start) {
            throw corrupt("expected a value");
        }
    }
}
