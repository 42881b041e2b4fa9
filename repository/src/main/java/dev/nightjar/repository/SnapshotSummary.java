package dev.nightjar.repository;

import java.time.Instant;

/** The counts that restic 0.17 and later keep in a snapshot. */
public record SnapshotSummary(
        Instant backupStart,
        Instant backupEnd,
        long filesNew,
        long filesChanged,
        long filesUnmodified,
        long dirsNew,
        long dirsChanged,
        long dirsUnmodified,
        long dataBlobs,
        long treeBlobs,
        long dataAdded,
        long dataAddedPacked,
        long totalFilesProcessed,
        long totalBytesProcessed) {}
