package dev.nightjar.feed;

/** Why the feed cannot say what changed. */
public enum GapReason {
    /** Nothing was watching. */
    START,
    /** The kernel dropped events. */
    OVERFLOW,
    /** No watch could be had below. */
    UNWATCHABLE,
    /** The selection, an ignore file or a cache tag changed. */
    SELECTION,
    /** A directory could not be listed. */
    UNREADABLE,
    /** Something was mounted or unmounted, and took the watch of a filesystem with it. */
    MOUNT,
    /** A root vanished, was emptied or is on another filesystem (C17). */
    ROOT,
    /** The cursor is older than what the catalog still knows. */
    CURSOR_EXPIRED,
    /** The cursor is not of this catalog. */
    CURSOR_FOREIGN
}
