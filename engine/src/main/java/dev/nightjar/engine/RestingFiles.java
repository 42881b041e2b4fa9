package dev.nightjar.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Files that were long to read, and when they may be read again: ten times as long after the last reading as it took, at
 * most an hour (C12). Kept in memory only, and only the latest. Used by one thread at a time.
 */
final class RestingFiles {
    private static final long WORTH_KEEPING = 50_000_000L;
    private static final long CEILING = 3_600_000_000_000L;
    private static final int MOST = 10_000;

    private final Map<Long, Long> due = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Long, Long> eldest) {
            return size() > MOST;
        }
    };

    /** A reading of this file ended at {@code now} and took so long; all in nanoseconds of {@link System#nanoTime()}. */
    void read(long entry, long took, long now) {
        if (took >= WORTH_KEEPING) {
            due.put(entry, now + Math.min(10 * took, CEILING));
        } else {
            due.remove(entry);
        }
    }

    /** Nanoseconds until this file may be read again; 0 when it may be now. */
    long rest(long entry, long now) {
        Long at = due.get(entry);
        return at == null ? 0 : Math.max(0, at - now);
    }
}
