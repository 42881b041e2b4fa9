package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.RootState;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Mount;
import dev.nightjar.linux.Mounts;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What follows when something is mounted or unmounted. No event tells of it, and an unmount takes the mark of a filesystem
 * away, so each mark is proved to be still there (C6).
 */
final class MountChanges {
    /** What makes a mount that mount; its options may change. */
    private record Point(long id, long device, BytePath root, BytePath point) {}

    private final Parts parts;
    private final Watching watching;
    private final Healing healing;
    private final Hints hints;
    private Set<Point> known = Set.of();

    MountChanges(Parts parts, Watching watching, Healing healing, Hints hints) {
        this.parts = parts;
        this.watching = watching;
        this.healing = healing;
        this.hints = hints;
    }

    /** Changes count from here on. */
    void start() throws LinuxException {
        known = points();
    }

    private static Set<Point> points() throws LinuxException {
        Set<Point> points = new HashSet<>();
        for (Mount mount : Mounts.read().all()) {
            points.add(new Point(mount.id(), mount.device(), mount.root(), mount.point()));
        }
        return points;
    }

    /** Finds out what was mounted and unmounted since the last time, and sees to it. */
    void look(long now) throws SQLException, IOException {
        Set<Point> points = points();
        Set<Long> lost = watching.lostMarks();
        if (points.equals(known) && lost.isEmpty()) {
            return;
        }
        Set<BytePath> changed = new HashSet<>();
        points.stream().filter(point -> !known.contains(point)).forEach(point -> changed.add(point.point()));
        known.stream().filter(point -> !points.contains(point)).forEach(point -> changed.add(point.point()));
        known = points;
        for (Roots.State root : parts.roots().all()) {
            boolean watched = root.state() == RootState.PRESENT || root.state() == RootState.EMPTIED;
            boolean leadsElsewhere =
                    changed.stream().anyMatch(point -> root.path().startsWith(point));
            if (watched && leadsElsewhere && root.state() == RootState.PRESENT) {
                healing.check(root);
            }
            if (watched && !lost.isEmpty() && root.state() != RootState.FILESYSTEM_CHANGED) {
                healing.gap(root, GapReason.MOUNT);
            }
            if (watched) {
                for (BytePath point : changed) {
                    if (point.startsWith(root.path()) && !point.equals(root.path())) {
                        hint(root, point, now);
                    }
                }
            }
        }
        healing.checkRoots();
    }

    /** Something else is seen under a name below a root now. */
    private void hint(Roots.State root, BytePath point, long now) throws SQLException {
        List<Name> names = root.path().relativize(point).names();
        long directory = root.id();
        for (Name name : names.subList(0, names.size() - 1)) {
            Entry row = parts.store().byName(directory, name);
            if (row == null) {
                return; // left out, or below what is not entered
            }
            directory = row.id();
        }
        hints.hint(directory, names.getLast(), Bits.METADATA | Bits.SCAN, now);
    }
}
