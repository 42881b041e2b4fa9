package dev.nightjar.feed;

import java.time.Duration;
import java.time.Instant;

/**
 * What an audit came to.
 *
 * @param time when it began
 * @param directories listed
 * @param entries names compared
 * @param found names of which the catalog said something else than the disk; all were handed back to be looked at again
 * @param notCompared names of which, and of what is below, nothing can be said
 */
public record AuditResult(Instant time, Duration took, long directories, long entries, long found, long notCompared) {}
