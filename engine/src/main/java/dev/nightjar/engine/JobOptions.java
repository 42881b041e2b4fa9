package dev.nightjar.engine;

import java.time.Duration;
import java.util.List;

/**
 * What a job is told once.
 *
 * @param hostname written into snapshots; must stay the same, since restic groups snapshots by host and paths
 * @param username written into snapshots
 * @param uid user id written into snapshots
 * @param gid group id written into snapshots
 * @param tags tags of the snapshots
 * @param excludes the exclude patterns as the user gave them, for the snapshot's own record
 * @param every the longest time from the first pending change to the commit that saves it; zero commits as soon as
 *     changes have settled
 * @param everyAsked whether somebody asked for that cadence; if so, no commit waits longer to save space
 * @param workers threads that read, chunk, hash, compress and encrypt
 */
public record JobOptions(
        String hostname,
        String username,
        int uid,
        int gid,
        List<String> tags,
        List<String> excludes,
        Duration every,
        boolean everyAsked,
        int workers) {

    /** The cadence when nobody asked for one. */
    public static final Duration DEFAULT_EVERY = Duration.ofMinutes(5);

    /** Checks and copies. */
    public JobOptions {
        tags = List.copyOf(tags);
        excludes = List.copyOf(excludes);
        if (every.isNegative()) {
            throw new IllegalArgumentException("a cadence cannot be negative: " + every);
        }
        if (workers < 1) {
            throw new IllegalArgumentException("a job needs at least one worker, not " + workers);
        }
    }
}
