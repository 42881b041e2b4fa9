package dev.nightjar.feed.capture;

import java.util.HashMap;
import java.util.Map;

/** Stamps of the looks made while listings are under way, so that an older look of a listing does not undo them (C4). */
final class Recent {
    private final Map<Key, Long> stamps = new HashMap<>();
    private boolean recording;

    void recording(boolean now) {
        recording = now;
        if (!now) {
            stamps.clear();
        }
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
}
