package dev.nightjar.feed;

/** What is done with fanotify events that this very process caused (inotify cannot tell). */
public enum OwnEvents {
    /** Dropped when decoded, so that writing the catalog does not wake its writer (C9). */
    DROP,
    /** Kept: for tests that change files themselves. */
    KEEP
}
