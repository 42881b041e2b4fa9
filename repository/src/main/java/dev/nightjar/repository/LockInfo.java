package dev.nightjar.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lock file says.
 *
 * @param id its name, null for one not yet written
 * @param time when it was written or last refreshed
 * @param owner the process that wrote it; null if that was not Nightjar
 */
public record LockInfo(
        @Nullable Id id,
        Instant time,
        boolean exclusive,
        String hostname,
        String username,
        int pid,
        @Nullable LockOwner owner) {}
