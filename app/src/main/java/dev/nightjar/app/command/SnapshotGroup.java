package dev.nightjar.app.command;

import dev.nightjar.repository.Snapshot;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What makes snapshots one history, as restic groups them: the host and the paths. */
record SnapshotGroup(String host, List<String> paths) {
    static SnapshotGroup of(Snapshot snapshot) {
        return new SnapshotGroup(
                snapshot.hostname(), snapshot.paths().stream().sorted().toList());
    }

    /** The last {@code count} of each group; the order stays. */
    static List<Snapshot> latest(List<Snapshot> snapshots, int count) {
        Map<SnapshotGroup, Integer> taken = new HashMap<>();
        List<Snapshot> latest = new ArrayList<>();
        for (Snapshot snapshot : snapshots.reversed()) {
            if (taken.merge(of(snapshot), 1, Integer::sum) <= count) {
                latest.add(snapshot);
            }
        }
        Collections.reverse(latest);
        return latest;
    }

    /** How many groups there are. */
    static long count(List<Snapshot> snapshots) {
        return snapshots.stream().map(SnapshotGroup::of).distinct().count();
    }
}
