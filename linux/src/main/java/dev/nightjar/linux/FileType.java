package dev.nightjar.linux;

import org.jspecify.annotations.Nullable;

/** What kind of thing a directory entry is. */
public enum FileType {
    /** A regular file. */
    FILE(0x8000),
    /** A directory. */
    DIRECTORY(0x4000),
    /** A symbolic link. */
    SYMLINK(0xA000),
    /** A named pipe. */
    FIFO(0x1000),
    /** A socket's name. */
    SOCKET(0xC000),
    /** A block device. */
    BLOCK_DEVICE(0x6000),
    /** A character device. */
    CHARACTER_DEVICE(0x2000);

    private static final int FORMAT = 0xF000;

    private final int bits;

    FileType(int bits) {
        this.bits = bits;
    }

    /** The S_IFMT bits of this type, as in {@code st_mode}. */
    public int modeBits() {
        return bits;
    }

    /**
     * The type in a mode, as {@code stat} gives it.
     *
     * @throws IllegalArgumentException when its S_IFMT bits are none of Linux's types
     */
    public static FileType of(int mode) {
        return switch (mode & FORMAT) {
            case 0x8000 -> FILE;
            case 0x4000 -> DIRECTORY;
            case 0xA000 -> SYMLINK;
            case 0x1000 -> FIFO;
            case 0xC000 -> SOCKET;
            case 0x6000 -> BLOCK_DEVICE;
            case 0x2000 -> CHARACTER_DEVICE;
            default -> throw new IllegalArgumentException("no file type in mode " + Integer.toOctalString(mode));
        };
    }

    /** The type in {@code d_type}; null when the file system did not say (DT_UNKNOWN). */
    static @Nullable FileType ofDirent(int direntType) {
        return switch (direntType) {
            case 8 -> FILE;
            case 4 -> DIRECTORY;
            case 10 -> SYMLINK;
            case 1 -> FIFO;
            case 12 -> SOCKET;
            case 6 -> BLOCK_DEVICE;
            case 2 -> CHARACTER_DEVICE;
            default -> null;
        };
    }
}
