package dev.nightjar.feed;

/** How the kernel is asked what changed. */
public enum WatcherChoice {
    /** fanotify where the process may and the filesystem accepts the mark, else inotify. */
    AUTO,
    /** One fanotify mark per filesystem; refused where it cannot be had. */
    FANOTIFY,
    /** One inotify watch per directory. */
    INOTIFY
}
