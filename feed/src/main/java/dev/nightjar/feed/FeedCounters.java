package dev.nightjar.feed;

/**
 * Work done since the feed was opened, counted where the system calls are made.
 *
 * @param directoriesListed directories whose names were read
 * @param entriesLooked names looked at (lstat)
 * @param eventsRead kernel events decoded
 * @param overflows times the kernel dropped events
 */
public record FeedCounters(long directoriesListed, long entriesLooked, long eventsRead, long overflows) {}
