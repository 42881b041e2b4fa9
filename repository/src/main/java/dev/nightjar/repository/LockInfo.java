package dev.nightjar.repository;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What a lock file says.
 *
 * @param id its name, null for one not yet written
 * @param time when it was written or last refreshed
 */
public record LockInfo(@Nullable Id id, Instant time, boolean exclusive, String hostname, String username, int pid) {}
