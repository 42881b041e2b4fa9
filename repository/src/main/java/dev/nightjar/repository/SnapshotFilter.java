package dev.nightjar.repository;

import java.util.List;

/**
 * Which snapshots are meant, by restic's rules: a snapshot passes if it is of one of the hosts, has all tags of one of the
 * tag lists, and saved each of the paths. An empty list asks for nothing. Immutable.
 *
 * @param hosts names of hosts
 * @param tags each a list of tags of which a snapshot must have all; a list that is one empty tag asks for none at all
 * @param paths absolute, as they are written in snapshots
 */
public record SnapshotFilter(List<String> hosts, List<List<String>> tags, List<String> paths) {
    /** Passes every snapshot. */
    public static final SnapshotFilter ALL = new SnapshotFilter(List.of(), List.of(), List.of());

    public SnapshotFilter {
        hosts = List.copyOf(hosts);
        tags = tags.stream().map(List::copyOf).toList();
        paths = List.copyOf(paths);
    }

    /** Whether the snapshot is meant. */
    public boolean passes(Snapshot snapshot) {
        return (hosts.isEmpty() || hosts.contains(snapshot.hostname()))
                && (tags.isEmpty() || tags.stream().anyMatch(all -> has(snapshot, all)))
                && snapshot.paths().containsAll(paths);
    }

    private static boolean has(Snapshot snapshot, List<String> all) {
        return all.equals(List.of(""))
                ? snapshot.tags().isEmpty()
                : snapshot.tags().containsAll(all);
    }
}
