package dev.nightjar.feed.watch;

import dev.nightjar.linux.Handle;

/** A directory as whoever hints at it names it. */
public sealed interface Place {
    /** By its row in the catalog. */
    record ById(long id) implements Place {}

    /** By its inotify watch. */
    record ByWatch(int watch) implements Place {}

    /** By its filesystem and handle. */
    record ByHandle(long fsid, Handle handle) implements Place {}
}
