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
import org.jspecify.annotations.Nullable;

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
    private @Nullable Set<Point> known;

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

    /** Finds out what was mounted and unmounted since the last time, and sees to it; nothing before {@link #start}. */
    void look(long now) throws SQLException, IOException {
        Set<Point> before = known;
        if (before == null) {
            return;
        }
        Set<Point> points = points();
        Set<Long> lost = watching.lostMarks();
        if (points.equals(before) && lost.isEmpty()) {
            return;
        }
        known = points;
        Set<BytePath> changed = new HashSet<>();
        points.stream().filter(point -> !before.contains(point)).forEach(point -> changed.add(point.point()));
        before.stream().filter(point -> !points.contains(point)).forEach(point -> changed.add(point.point()));
        Set<Long> unwatched = forget(before, points, lost);
        for (Roots.State root : parts.roots().all()) {
            if (root.state() != RootState.PRESENT) {
                healing.lookAgain(root);
                continue;
            }
            if (changed.stream().anyMatch(point -> root.path().startsWith(point))) {
                healing.check(root);
            }
            if (root.state() == RootState.PRESENT) {
                goOn(root, unwatched, changed, now);
            }
        }
    }

    /** The filesystems whose mark is gone, as rows have them. The device numbers of what is gone may become others'. */
    private Set<Long> forget(Set<Point> before, Set<Point> now, Set<Long> lost) throws SQLException {
        Set<Long> unwatched = new HashSet<>();
        for (long device : lost) {
            unwatched.add(parts.filesystemIds().byDevice(device));
            parts.filesystems().forget(device);
        }
        Set<Long> devices = new HashSet<>();
        now.forEach(point -> devices.add(point.device()));
        before.stream()
                .filter(point -> !devices.contains(point.device()))
                .forEach(point -> parts.filesystems().forget(point.device()));
        return unwatched;
    }

    /** The root is where it was. What was missed on its filesystem is a gap; what is mounted below it is looked at. */
    private void goOn(Roots.State root, Set<Long> unwatched, Set<BytePath> changed, long now)
            throws SQLException, IOException {
        Entry row = parts.store().byId(root.id());
        boolean wasUnwatched = row != null && unwatched.contains(row.filesystem());
        boolean mayHaveMore = !unwatched.isEmpty() && !parts.borders().oneFileSystem();
        if (wasUnwatched || mayHaveMore) {
            healing.gap(root, GapReason.MOUNT);
        }
        for (BytePath point : changed) {
            if (point.startsWith(root.path()) && !point.equals(root.path())) {
                hint(root, point, now);
            }
        }
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
