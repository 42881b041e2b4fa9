package dev.nightjar.feed;

import java.time.Duration;

/**
 * When hints are read and when they are looked at.
 *
 * @param quiet a name is looked at once nothing has been heard of it for this long
 * @param ceiling and at the latest this long after the first hint
 * @param lazyRead how long the kernel may collect and merge events before they are read (C9)
 */
public record Timing(Duration quiet, Duration ceiling, Duration lazyRead) {
    /** What the product uses: 100 ms of quiet, at most 2 s, events read every 50 ms. */
    public static final Timing DEFAULT =
            new Timing(Duration.ofMillis(100), Duration.ofSeconds(2), Duration.ofMillis(50));
}
