package dev.nightjar.feed;

/** Told now and then how far a scan has come, by a thread of the feed. */
@FunctionalInterface
public interface Progress {
    /** Nobody listens. */
    Progress NONE = (directories, entries) -> {};

    /** Directories listed and entries looked at so far. */
    void scanned(long directories, long entries);
}
