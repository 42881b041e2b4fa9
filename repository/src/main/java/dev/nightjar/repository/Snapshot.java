package dev.nightjar.repository;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot: a tree, and when, where and by whom it was taken.
 *
 * @param id its name; null for one not yet written
 * @param paths absolute paths that were saved, as restic writes them
 * @param hostname empty if not known, and so are {@code username} and {@code programVersion}
 * @param original the first id, when tags were changed since
 */
public record Snapshot(
        @Nullable Id id,
        Instant time,
        @Nullable Id parent,
        Id tree,
        List<String> paths,
        String hostname,
        String username,
        int uid,
        int gid,
        List<String> excludes,
        List<String> tags,
        @Nullable Id original,
        String programVersion,
        @Nullable SnapshotSummary summary) {
    public Snapshot {
        paths = List.copyOf(paths);
        excludes = List.copyOf(excludes);
        tags = List.copyOf(tags);
    }
}
