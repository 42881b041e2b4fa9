package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Where entries were when a sequence was the last: where they are now, but for the names that have ceased since. */
final class NamesThen {
    /** A name in a directory. */
    record Location(long parent, Name name) {}

    private static final int KEPT = 10_000;

    private final Rows rows;
    private final GoneNames gone;
    private final long sequence;
    private final boolean isNow;
    private final Map<Long, BytePath> paths = new HashMap<>();

    /** As it was then. */
    NamesThen(Rows rows, GoneNames gone, long sequence) throws SQLException {
        this.rows = rows;
        this.gone = gone;
        this.sequence = sequence;
        this.isNow = !gone.anyAfter(sequence);
    }

    /** The name that an entry had then and has no more; null if it still has it, or had none. */
    @Nullable
    Gone ceased(long entry) throws SQLException {
        return isNow ? null : gone.firstAfter(entry, sequence);
    }

    /** Where an entry was; null if it has ceased with a directory above it, and nobody knows. */
    @Nullable
    Location location(long entry) throws SQLException {
        Gone name = ceased(entry);
        if (name != null) {
            return name.location();
        }
        Entry row = rows.byId(entry);
        return row == null ? null : new Location(row.parent(), row.name());
    }

    /** The path that an entry had; null if nobody knows. */
    @Nullable
    BytePath path(long entry) throws SQLException {
        BytePath known = paths.get(entry);
        if (known != null) {
            return known;
        }
        Deque<Long> below = new ArrayDeque<>();
        Deque<Name> names = new ArrayDeque<>();
        Set<Long> seen = new HashSet<>();
        BytePath path = null;
        long at = entry;
        while (path == null) {
            Location location = location(at);
            if (location == null || !seen.add(at)) {
                return null;
            }
            if (location.parent() == 0) {
                path = rows.path(at);
            } else {
                below.push(at);
                names.push(location.name());
                at = location.parent();
                path = paths.get(at);
            }
        }
        while (!names.isEmpty()) {
            path = path.resolve(names.pop());
            long directory = below.pop();
            if (paths.size() < KEPT) {
                paths.put(directory, path);
            }
        }
        return path;
    }
}
