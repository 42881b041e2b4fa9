package dev.nightjar.engine;

import java.time.Duration;
import java.time.Instant;

/** When a commit is due. */
final class Cadence {
    /** This much pending is enough for well-filled packs. */
    static final long ENOUGH = 16L << 20;

    private static final Duration FIRST_RETRY = Duration.ofSeconds(1);
    private static final Duration LAST_RETRY = Duration.ofSeconds(60);

    private Cadence() {}

    /**
     * When what is pending shall be committed.
     *
     * @param since when the first pending change was seen
     * @param bytes pending
     */
    static Instant due(Duration every, Instant since, long bytes) {
        return bytes >= ENOUGH ? since : since.plus(every);
    }

    /** How long to wait before the next try, after so many that failed, at least one. */
    static Duration retry(int failures) {
        Duration wait = FIRST_RETRY.multipliedBy(1L << Math.min(failures - 1, 10));
        return wait.compareTo(LAST_RETRY) > 0 ? LAST_RETRY : wait;
    }
}
