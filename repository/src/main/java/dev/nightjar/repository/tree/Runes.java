package dev.nightjar.repository.tree;

/**
 * UTF-8 as Go decodes it: a byte that does not begin a valid, shortest-form, non-surrogate sequence is an error one byte
 * long. Source: Go, unicode/utf8 DecodeRune.
 */
final class Runes {

    /** What {@link #decode} returns for a byte that is not part of valid UTF-8. */
    static final int INVALID = -1;

    private Runes() {}

    /** The code point that starts at {@code at}, or {@link #INVALID}. Looks at no byte at or beyond {@code end}. */
    static int decode(byte[] bytes, int at, int end) {
        int first = bytes[at] & 0xff;
        if (first < 0x80) {
            return first;
        }
        if (first < 0xc2 || first > 0xf4) {
            return INVALID;
        }
        int length = first < 0xe0 ? 2 : first < 0xf0 ? 3 : 4;
        if (at + length > end) {
            return INVALID;
        }
        int rune = first & (0xff >>> (length + 1));
        for (int i = 1; i < length; i++) {
            int next = bytes[at + i] & 0xff;
            if ((next & 0xc0) != 0x80) {
                return INVALID;
            }
            rune = (rune << 6) | (next & 0x3f);
        }
        boolean shortest = length == 2 || (length == 3 ? rune >= 0x800 : rune >= 0x10000);
        boolean surrogate = rune >= 0xd800 && rune <= 0xdfff;
        return shortest && !surrogate && rune <= 0x10ffff ? rune : INVALID;
    }

    /** How many bytes the valid code point takes. */
    static int length(int rune) {
        return rune < 0x80 ? 1 : rune < 0x800 ? 2 : rune < 0x10000 ? 3 : 4;
    }

    /** Whether all of it is valid UTF-8. */
    static boolean isUtf8(byte[] bytes) {
        for (int at = 0; at < bytes.length; ) {
            int rune = decode(bytes, at, bytes.length);
            if (rune == INVALID) {
                return false;
            }
            at += length(rune);
        }
        return true;
    }

    /** Writes the code point as UTF-8; returns the position after it. Room for four bytes must be there. */
    static int encode(int rune, byte[] into, int at) {
        switch (length(rune)) {
            case 1 -> into[at] = (byte) rune;
            case 2 -> {
                into[at] = (byte) (0xc0 | (rune >> 6));
                into[at + 1] = (byte) (0x80 | (rune & 0x3f));
            }
            case 3 -> {
                into[at] = (byte) (0xe0 | (rune >> 12));
                into[at + 1] = (byte) (0x80 | (rune >> 6 & 0x3f));
                into[at + 2] = (byte) (0x80 | (rune & 0x3f));
            }
            default -> {
                into[at] = (byte) (0xf0 | (rune >> 18));
                into[at + 1] = (byte) (0x80 | (rune >> 12 & 0x3f));
                into[at + 2] = (byte) (0x80 | (rune >> 6 & 0x3f));
                into[at + 3] = (byte) (0x80 | (rune & 0x3f));
            }
        }
        return at + length(rune);
    }

    /**
     * Whether Go's strconv.IsPrint holds: letters, marks, numbers, punctuation, symbols, and the ASCII space. Java's
     * Unicode is newer than Go's, so a lately assigned character may be judged otherwise: that changes a tree's id
     * against restic's, never a name that is read back.
     */
    static boolean isPrintable(int rune) {
        return switch (Character.getType(rune)) {
            case Character.UPPERCASE_LETTER,
                    Character.LOWERCASE_LETTER,
                    Character.TITLECASE_LETTER,
                    Character.MODIFIER_LETTER,
                    Character.OTHER_LETTER,
                    Character.NON_SPACING_MARK,
                    Character.ENCLOSING_MARK,
                    Character.COMBINING_SPACING_MARK,
                    Character.DECIMAL_DIGIT_NUMBER,
                    Character.LETTER_NUMBER,
                    Character.OTHER_NUMBER,
                    Character.DASH_PUNCTUATION,
                    Character.START_PUNCTUATION,
                    Character.END_PUNCTUATION,
                    Character.CONNECTOR_PUNCTUATION,
                    Character.OTHER_PUNCTUATION,
                    Character.INITIAL_QUOTE_PUNCTUATION,
                    Character.FINAL_QUOTE_PUNCTUATION,
                    Character.MATH_SYMBOL,
                    Character.CURRENCY_SYMBOL,
                    Character.MODIFIER_SYMBOL,
                    Character.OTHER_SYMBOL -> true;
            default -> rune == ' ';
        };
    }
}
