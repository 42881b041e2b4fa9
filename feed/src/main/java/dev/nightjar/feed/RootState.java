package dev.nightjar.feed;

/** What became of a root (C17). Anything but {@link #PRESENT} and {@link #NEW} keeps its rows as they were. */
public enum RootState {
    /** There, and the one we know. */
    PRESENT,
    /** Not looked at yet. */
    NEW,
    /** Its name is not there. */
    GONE,
    /** It had entries and has none any more. */
    EMPTIED,
    /** Its name leads to another filesystem than before. */
    FILESYSTEM_CHANGED,
    /** It could not be looked at. */
    UNREADABLE
}
