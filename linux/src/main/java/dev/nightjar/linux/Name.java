package dev.nightjar.linux;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The name of one directory entry: any bytes but NUL and slash, at least one. Ordered by its bytes, unsigned.
 *
 * <p>"." and ".." are names too, since the kernel takes them; no listing ever returns them.
 */
public final class Name implements Comparable<Name> {
    private final byte[] bytes;
    private int hash;

    /** Takes the array as its own: only for bytes that nobody else holds and that are known to be a name. */
    Name(byte[] own) {
        this.bytes = own;
    }

    /**
     * A name of these bytes, which are copied.
     *
     * @throws IllegalArgumentException when empty, or with a NUL or a slash in it
     */
    public static Name of(byte[] bytes) {
        if (bytes.length == 0) {
            throw new IllegalArgumentException("a name is never empty");
        }
        for (byte b : bytes) {
            if (b == 0 || b == '/') {
                throw new IllegalArgumentException("a name holds neither NUL nor slash");
            }
        }
        return new Name(bytes.clone());
    }

    /** A name of text, as {@link BytePath#of(String)} reads it. */
    public static Name of(String text) {
        return of(EscapedText.encode(text));
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The number of bytes; Linux file systems take up to 255. */
    public int length() {
        return bytes.length;
    }

    /** Whether the bytes are well-formed UTF-8. */
    public boolean isUtf8() {
        return EscapedText.isUtf8(bytes);
    }

    /** The inverse of {@link #of(String)}: bytes that are not UTF-8 become lone surrogates. */
    public String toArgument() {
        return EscapedText.decode(bytes);
    }

    byte[] rawBytes() {
        return bytes;
    }

    @Override
    public int compareTo(Name other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Name name && Arrays.equals(bytes, name.bytes);
    }

    @Override
    public int hashCode() {
        int h = hash;
        if (h == 0) {
            h = Arrays.hashCode(bytes);
            hash = h;
        }
        return h;
    }

    /** For people: UTF-8, with replacement characters for what is not. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
