package dev.nightjar.linux;

import java.util.Arrays;
import java.util.HexFormat;

/**
 * What the kernel calls a file, on its file system, for as long as the file exists: it survives renames and remounts, and
 * goes stale when the file is gone (name_to_handle_at(2)). On another file system the same handle may be another file.
 */
public final class Handle {
    private final int type;
    private final byte[] opaque;

    /** Takes the array as its own. */
    Handle(int type, byte[] opaque) {
        this.type = type;
        this.opaque = opaque;
    }

    /**
     * The inverse of {@link #bytes()}.
     *
     * @throws IllegalArgumentException when shorter than its type
     */
    public static Handle of(byte[] bytes) {
        if (bytes.length < 4) {
            throw new IllegalArgumentException("a handle begins with four bytes of type");
        }
        int type = (bytes[0] & 0xff) << 24 | (bytes[1] & 0xff) << 16 | (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        return new Handle(type, Arrays.copyOfRange(bytes, 4, bytes.length));
    }

    /** Type (four bytes, big-endian) and the kernel's opaque bytes, to be stored. */
    public byte[] bytes() {
        byte[] bytes = new byte[4 + opaque.length];
        bytes[0] = (byte) (type >>> 24);
        bytes[1] = (byte) (type >>> 16);
        bytes[2] = (byte) (type >>> 8);
        bytes[3] = (byte) type;
        System.arraycopy(opaque, 0, bytes, 4, opaque.length);
        return bytes;
    }

    /** The kind of handle, which is the file system's own affair. */
    public int type() {
        return type;
    }

    byte[] rawOpaque() {
        return opaque;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Handle handle && type == handle.type && Arrays.equals(opaque, handle.opaque);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(opaque) + type;
    }

    @Override
    public String toString() {
        return type + ":" + HexFormat.of().formatHex(opaque);
    }
}
