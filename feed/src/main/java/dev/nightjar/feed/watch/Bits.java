package dev.nightjar.feed.watch;

/** What a hint says may have happened; hints keep the union (C12). */
public final class Bits {
    /** MODIFY, CLOSE_WRITE or CREATE: the bytes may be others. */
    public static final int CONTENT = 1;
    /** Only metadata may be others. */
    public static final int METADATA = 2;
    /** A name was moved away. */
    public static final int MOVED_FROM = 4;
    /** A name was moved here. */
    public static final int MOVED_TO = 8;
    /** A name was removed. */
    public static final int DELETED = 16;
    /** The look is a repeated one, because the last was in the same tick as a change. */
    public static final int RACY = 32;
    /** It comes from a scan: no event says what happened. */
    public static final int SCAN = 64;
    /** The watch of the directory is gone. */
    public static final int UNWATCHED = 128;

    private Bits() {}

    /** Whether a set of bits has one. */
    public static boolean has(int bits, int bit) {
        return (bits & bit) != 0;
    }
}
