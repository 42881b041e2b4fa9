package dev.nightjar.feed.capture;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Files whose change of ctime a look took in without counting their bytes as changed, not long ago. The event that says
 * otherwise may still be on its way: a look may be quicker than the reading of the queue (C12).
 */
final class Absorbed {
    private static final int MOST = 65_536;
    private static final long NANOS = 2_000_000_000L;

    private final Map<Long, Long> since = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    void add(long entry, long now) {
        since.remove(entry);
        since.put(entry, now);
    }

    void remove(long entry) {
        since.remove(entry);
    }

    boolean has(long entry, long now) {
        Long added = since.isEmpty() ? null : since.get(entry);
        return added != null && now - added < NANOS;
    }
}
