package dev.nightjar.linux;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of any length, as bytes. Slashes that mean nothing (repeated, trailing) are dropped when it is made; "." and ".."
 * stay until {@link #normalize()}. The empty path is relative and stands for the place itself.
 *
 * <p>The order is that of a walk: a directory, then all below it, then its next sibling; names by their bytes, unsigned.
 */
public final class BytePath implements Comparable<BytePath> {
    private static final BytePath ROOT = new BytePath(new byte[] {'/'});
    private static final BytePath EMPTY = new BytePath(new byte[0]);

    private final byte[] bytes;

    private BytePath(byte[] clean) {
        this.bytes = clean;
    }

    /** The root directory. */
    public static BytePath root() {
        return ROOT;
    }

    /**
     * A path of these bytes, which are copied.
     *
     * @throws IllegalArgumentException when there is a NUL
     */
    public static BytePath of(byte[] bytes) {
        byte[] clean = new byte[bytes.length];
        int length = 0;
        for (byte b : bytes) {
            if (b == 0) {
                throw new IllegalArgumentException("a path holds no NUL");
            }
            if (b != '/' || length == 0 || clean[length - 1] != '/') {
                clean[length++] = b;
            }
        }
        if (length > 1 && clean[length - 1] == '/') {
            length--;
        }
        return new BytePath(Arrays.copyOf(clean, length));
    }

    /**
     * A path of text in UTF-8, where a lone surrogate U+DC80..U+DCFF stands for the raw byte 0x80..0xFF (Python's
     * surrogateescape).
     *
     * @throws IllegalArgumentException when there is a NUL or another lone surrogate
     */
    public static BytePath of(String text) {
        return of(EscapedText.encode(text));
    }

    /** The inverse of {@link #of(String)}. */
    public String toArgument() {
        return EscapedText.decode(bytes);
    }

    /** Whether it begins at the root directory. */
    public boolean isAbsolute() {
        return bytes.length > 0 && bytes[0] == '/';
    }

    /** Whether it is the empty path. */
    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The components, in order; none for the root directory and for the empty path. */
    public List<Name> names() {
        List<Name> names = new ArrayList<>();
        int start = isAbsolute() ? 1 : 0;
        for (int i = start; i <= bytes.length; i++) {
            if (i == bytes.length || bytes[i] == '/') {
                if (i > start) {
                    names.add(new Name(Arrays.copyOfRange(bytes, start, i)));
                }
                start = i + 1;
            }
        }
        return Collections.unmodifiableList(names);
    }

    /** This path followed by a name. */
    public BytePath resolve(Name name) {
        return new BytePath(join(name.rawBytes()));
    }

    /** This path followed by another; the other itself when it is absolute. */
    public BytePath resolve(BytePath other) {
        if (other.isAbsolute()) {
            return other;
        }
        return other.isEmpty() ? this : new BytePath(join(other.bytes));
    }

    private byte[] join(byte[] more) {
        boolean slash = bytes.length > 0 && bytes[bytes.length - 1] != '/';
        byte[] joined = Arrays.copyOf(bytes, bytes.length + (slash ? 1 : 0) + more.length);
        if (slash) {
            joined[bytes.length] = '/';
        }
        System.arraycopy(more, 0, joined, joined.length - more.length, more.length);
        return joined;
    }

    /** All but the last name; null when there is no name. The parent of a single relative name is the empty path. */
    public @Nullable BytePath parent() {
        int slash = lastSlash();
        if (slash < 0) {
            return isEmpty() ? null : EMPTY;
        }
        if (slash == 0) {
            return bytes.length == 1 ? null : ROOT;
        }
        return new BytePath(Arrays.copyOf(bytes, slash));
    }

    /** The last name; null for the root directory and the empty path. */
    public @Nullable Name name() {
        int slash = lastSlash();
        return slash + 1 == bytes.length ? null : new Name(Arrays.copyOfRange(bytes, slash + 1, bytes.length));
    }

    private int lastSlash() {
        int i = bytes.length - 1;
        while (i >= 0 && bytes[i] != '/') {
            i--;
        }
        return i;
    }

    /** Whether {@code other} is this path or one of the directories above it, name by name. */
    public boolean startsWith(BytePath other) {
        if (isAbsolute() != other.isAbsolute()) {
            return false;
        }
        int length = other.bytes.length;
        if (length == 0 || other.equals(ROOT)) {
            return true;
        }
        return bytes.length >= length
                && Arrays.equals(bytes, 0, length, other.bytes, 0, length)
                && (bytes.length == length || bytes[length] == '/');
    }

    /**
     * What leads from this path to {@code other}.
     *
     * @throws IllegalArgumentException when {@code other} does not start with this path
     */
    public BytePath relativize(BytePath other) {
        if (!other.startsWith(this)) {
            throw new IllegalArgumentException(other + " is not below " + this);
        }
        if (other.bytes.length == bytes.length) {
            return EMPTY;
        }
        int from = isEmpty() || equals(ROOT) ? bytes.length : bytes.length + 1;
        return new BytePath(Arrays.copyOfRange(other.bytes, from, other.bytes.length));
    }

    /**
     * Without "." and "..", taken by the letter: symbolic links are not looked at. ".." above the root is the root; at the
     * beginning of a relative path it stays.
     */
    public BytePath normalize() {
        List<Name> kept = new ArrayList<>();
        for (Name name : names()) {
            byte[] raw = name.rawBytes();
            if (isDot(raw)) {
                continue;
            }
            boolean canGoUp = !kept.isEmpty() && !isDotDot(kept.getLast().rawBytes());
            if (isDotDot(raw) && canGoUp) {
                kept.removeLast();
            } else if (!isDotDot(raw) || !isAbsolute()) {
                kept.add(name);
            }
        }
        return of(isAbsolute(), kept);
    }

    private static BytePath of(boolean absolute, List<Name> names) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        if (absolute) {
            out.write('/');
        }
        for (int i = 0; i < names.size(); i++) {
            if (i > 0) {
                out.write('/');
            }
            out.writeBytes(names.get(i).rawBytes());
        }
        return new BytePath(out.toByteArray());
    }

    private static boolean isDot(byte[] name) {
        return name.length == 1 && name[0] == '.';
    }

    private static boolean isDotDot(byte[] name) {
        return name.length == 2 && name[0] == '.' && name[1] == '.';
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    byte[] rawBytes() {
        return bytes;
    }

    @Override
    public int compareTo(BytePath other) {
        int common = Math.min(bytes.length, other.bytes.length);
        int i = Arrays.mismatch(bytes, 0, common, other.bytes, 0, common);
        if (i < 0) {
            return Integer.compare(bytes.length, other.bytes.length);
        }
        return Integer.compare(rank(bytes[i]), rank(other.bytes[i]));
    }

    /** A slash ends a name, so it comes before every byte a name may hold. */
    private static int rank(byte b) {
        return b == '/' ? 0 : b & 0xff;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BytePath path && Arrays.equals(bytes, path.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** For people: UTF-8, with replacement characters for what is not. */
    @Override
    public String toString() {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
