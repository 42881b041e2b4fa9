package dev.nightjar.feed.capture;

import java.util.HashMap;
import java.util.Map;

/** Stamps of the looks made while listings are under way, so that an older look of a listing does not undo them (C4). */
final class Recent {
    private record Inode(long filesystem, long number) {}

    private final Map<Key, Long> stamps = new HashMap<>();
    private final Map<Inode, Long> linked = new HashMap<>();
    private boolean recording;

    void recording(boolean now) {
        recording = now;
        if (!now) {
            stamps.clear();
            linked.clear();
        }
    }

    /** Whether any listing is under way. */
    boolean isRecording() {
        return recording;
    }

    void looked(Key key, long stamp) {
        if (recording) {
            stamps.put(key, stamp);
        }
    }

    boolean isOutdated(Key key, long stamp) {
        Long known = stamps.get(key);
        return known != null && known > stamp;
    }

    /** A file that has, or had, several names was looked at under one of them. */
    void lookedAtLinked(long filesystem, long inode, long stamp) {
        if (recording) {
            linked.put(new Inode(filesystem, inode), stamp);
        }
    }

    /** Whether a file was looked at since under any name; the name at hand may have had no row then to be told of it (C3). */
    boolean isOutdatedLinked(long filesystem, long inode, long stamp) {
        Long known = linked.isEmpty() ? null : linked.get(new Inode(filesystem, inode));
        return known != null && known > stamp;
    }
}
