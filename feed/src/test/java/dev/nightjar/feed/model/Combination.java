package dev.nightjar.feed.model;

import dev.nightjar.feed.WatcherChoice;

/** A filesystem and how it is watched. */
record Combination(String filesystem, WatcherChoice watcher) {
    String name() {
        return filesystem + "/" + (watchesDirectories() ? "inotify" : "fanotify");
    }

    /** Whether only what happens in watched directories is seen. */
    boolean watchesDirectories() {
        return watcher == WatcherChoice.INOTIFY;
    }
}
