package dev.nightjar.repository.look;

import java.nio.charset.StandardCharsets;

/** A ustar header block: 512 bytes of fields at fixed places (POSIX.1-2017, pax, "ustar Interchange Format"). */
final class TarHeader {
    static final int BLOCK = 512;
    static final int NAME = 100;
    static final int OWNER = 32;
    private static final int NAME_AT = 0;
    private static final int MODE_AT = 100;
    private static final int UID_AT = 108;
    private static final int GID_AT = 116;
    private static final int SIZE_AT = 124;
    private static final int MTIME_AT = 136;
    private static final int CHECKSUM_AT = 148;
    private static final int TYPE_AT = 156;
    private static final int LINK_AT = 157;
    private static final int MAGIC_AT = 257;
    private static final int USER_AT = 265;
    private static final int GROUP_AT = 297;
    private static final int MAJOR_AT = 329;
    private static final int MINOR_AT = 337;
    private static final int SHORT = 8;
    private static final int LONG = 12;

    /** The largest number that a short field holds. */
    static final long SHORT_MAX = 07777777;

    /** The largest number that a long field holds. */
    static final long LONG_MAX = 077777777777L;

    private final byte[] block = new byte[BLOCK];

    TarHeader(char type) {
        block[TYPE_AT] = (byte) type;
        text(MAGIC_AT, "ustar\00000".getBytes(StandardCharsets.US_ASCII), SHORT);
        mode(0);
        owner(0, 0);
        size(0);
        mtime(0);
        device(0, 0);
    }

    /** Cut to what fits. */
    TarHeader name(byte[] name) {
        return text(NAME_AT, name, NAME);
    }

    /** Cut to what fits. */
    TarHeader link(byte[] target) {
        return text(LINK_AT, target, NAME);
    }

    TarHeader mode(int permissions) {
        return number(MODE_AT, permissions, SHORT);
    }

    TarHeader owner(long uid, long gid) {
        return number(UID_AT, uid, SHORT).number(GID_AT, gid, SHORT);
    }

    TarHeader ownerNames(byte[] user, byte[] group) {
        return text(USER_AT, user, OWNER - 1).text(GROUP_AT, group, OWNER - 1);
    }

    TarHeader size(long size) {
        return number(SIZE_AT, size, LONG);
    }

    TarHeader mtime(long seconds) {
        return number(MTIME_AT, seconds, LONG);
    }

    TarHeader device(long major, long minor) {
        return number(MAJOR_AT, major, SHORT).number(MINOR_AT, minor, SHORT);
    }

    private TarHeader text(int at, byte[] text, int room) {
        System.arraycopy(text, 0, block, at, Math.min(text.length, room));
        return this;
    }

    /** Octal, with a NUL behind it; 0 for what does not fit, as a pax record then says it. */
    private TarHeader number(int at, long number, int room) {
        long max = room == SHORT ? SHORT_MAX : LONG_MAX;
        String octal = Long.toOctalString(number < 0 || number > max ? 0 : number);
        return text(at, ("0".repeat(room - 1 - octal.length()) + octal).getBytes(StandardCharsets.US_ASCII), room - 1);
    }

    /** The block, with its checksum: the sum of all bytes, those of the checksum taken as spaces. */
    byte[] toBytes() {
        byte[] bytes = block.clone();
        java.util.Arrays.fill(bytes, CHECKSUM_AT, CHECKSUM_AT + SHORT, (byte) ' ');
        int sum = 0;
        for (byte b : bytes) {
            sum += b & 0xff;
        }
        byte[] octal = String.format("%06o\0 ", sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(octal, 0, bytes, CHECKSUM_AT, SHORT);
        return bytes;
    }
}
