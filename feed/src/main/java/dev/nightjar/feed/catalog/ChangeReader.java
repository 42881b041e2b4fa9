package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed since a cursor, up to a sequence: the tree as it was then, seen from the tree as it was at the cursor.
 * What has happened since is left for the next time, so that each batch fits the one before: a reader that has applied all
 * until then has every directory that a name comes to be in, and no name is told as gone that was told as being there.
 */
final class ChangeReader {
    private record Row(Entry entry, long created) {}

    private final Rows rows;
    private final String selection;
    private final GoneNames gone;
    private final List<Gone> window = new ArrayList<>(); // names that ceased since the cursor, and until the end
    private final List<Change> ceased = new ArrayList<>();
    private final Map<Long, Change> present = new HashMap<>(); // by entry
    private NamesThen before;
    private NamesThen after;

    ChangeReader(Rows rows, String selection) throws SQLException {
        this.rows = rows;
        this.selection = selection;
        this.gone = new GoneNames(rows);
        this.before = new NamesThen(rows, gone, Long.MAX_VALUE);
        this.after = before;
    }

    ChangeBatch since(@Nullable Cursor cursor, int limit) throws SQLException {
        long now = new SqlReader(rows).sequence();
        String identity = Readers.identity(rows);
        GapReason refusal = cursor == null ? null : refusal(cursor, now);
        if (refusal != null) {
            return new ChangeBatch(
                    List.of(new Change.Unknown(now, null, refusal)), new Cursor(identity, now, selection), false);
        }
        long from = cursor == null ? 0 : cursor.sequence();
        long floor = cursor == null ? gone.expired() : cursor.floor();
        NavigableMap<Long, Row> changed = changed(from, now, limit + 1);
        gone.each(Math.max(from, floor), now, limit + 1, window::add);
        long to = end(from, Math.max(from, floor), changed, limit, now);
        before = new NamesThen(rows, gone, Math.max(from, floor));
        after = new NamesThen(rows, gone, Math.max(to, floor));
        for (Map.Entry<Long, Row> row : changed.entrySet()) {
            tell(row.getValue(), row.getKey(), from);
        }
        tellGone(from);
        if (to < now) {
            tellCeasedLater(from, to, Math.max(to, floor));
        }
        tellPassing(from);
        Set<Long> seen = new HashSet<>();
        for (Long entry : List.copyOf(present.keySet())) {
            tellAbove(entry, from, seen);
        }
        List<Change> changes = new ArrayList<>(ceased);
        changes.sort(Comparator.comparingLong(Change::sequence));
        changes.addAll(inOrder());
        changes.addAll(gaps(from, to));
        return new ChangeBatch(changes, new Cursor(identity, to, selection, to < floor ? floor : 0), to < now);
    }

    /**
     * Where the batch ends, so that no more than the limit of rows and names is to be dealt with; brings what was read to
     * that end. It is not one at which a row that had been in another's way had no name; as no commit is either, little
     * more comes for that.
     */
    private long end(long from, long known, NavigableMap<Long, Row> changed, int limit, long now) throws SQLException {
        NavigableSet<Long> sequences = new TreeSet<>(changed.keySet());
        window.forEach(name -> sequences.add(name.sequence()));
        gone.directoriesMade(from, now, known, limit + 1).forEach(directory -> sequences.add(directory.created()));
        if (sequences.size() <= limit) {
            return now;
        }
        long last = sequences.stream().skip(limit - 1L).findFirst().orElse(now);
        changed.tailMap(last, false).clear();
        window.removeIf(name -> name.sequence() > last);
        long to = last;
        List<Gone> added = List.copyOf(window);
        while (!added.isEmpty()) {
            long further = to;
            for (Gone name : added) {
                further = Math.max(further, gone.namelessUntil(name));
            }
            List<Gone> more = new ArrayList<>();
            gone.each(to, further, Integer.MAX_VALUE, more::add);
            window.addAll(more);
            added = more;
            to = further;
        }
        changed.putAll(changed(last, to, Integer.MAX_VALUE));
        return to;
    }

    private @Nullable GapReason refusal(Cursor cursor, long now) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT first, coalesce(last, ?) FROM epoch WHERE identity=?");
        statement.setLong(1, now);
        statement.setString(2, cursor.catalog());
        try (ResultSet epoch = statement.executeQuery()) {
            if (!epoch.next() || cursor.sequence() > Math.max(epoch.getLong(2), epoch.getLong(1) - 1)) {
                return GapReason.CURSOR_FOREIGN;
            }
        }
        if (gone.expired() > Math.max(cursor.sequence(), cursor.floor())) {
            return GapReason.CURSOR_EXPIRED;
        }
        return cursor.selection().equals(selection) ? null : GapReason.SELECTION;
    }

    /**
     * By their sequences the changes of rows that are there now: the last of each, and its making. One that has changed
     * since it was made was there, and what came to be in it is told.
     */
    private NavigableMap<Long, Row> changed(long from, long to, int limit) throws SQLException {
        NavigableMap<Long, Row> found = new TreeMap<>();
        PreparedStatement last = rows.statement("SELECT " + Rows.COLUMNS
                + ", created FROM entry WHERE sequence > ? AND sequence <= ? ORDER BY sequence LIMIT ?");
        last.setLong(1, from);
        last.setLong(2, to);
        last.setInt(3, limit);
        read(last, row -> found.put(row.entry().sequence(), row));
        PreparedStatement made = rows.statement("SELECT " + Rows.COLUMNS
                + ", created FROM entry WHERE id >= ? AND id < ? AND created > ? ORDER BY id LIMIT ?");
        made.setLong(1, firstMadeAfter(from));
        made.setLong(2, firstMadeAfter(to));
        made.setLong(3, from);
        made.setInt(4, limit);
        read(made, row -> found.put(row.created(), row));
        return found;
    }

    private static void read(PreparedStatement statement, Consumer<Row> consumer) throws SQLException {
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                consumer.accept(new Row(Rows.read(set), set.getLong(19)));
            }
        }
    }

    /** The lowest id of a row made after a sequence, or one above all: ids grow as sequences do. */
    private long firstMadeAfter(long sequence) throws SQLException {
        long low = 0;
        long high = new SqlReader(rows).number("SELECT coalesce(max(id), 0) FROM entry") + 1;
        PreparedStatement statement = rows.statement("SELECT id, created FROM entry WHERE id >= ? ORDER BY id LIMIT 1");
        while (low < high) {
            long middle = (low + high) >>> 1;
            statement.setLong(1, middle);
            try (ResultSet found = statement.executeQuery()) {
                if (found.next() && found.getLong(2) <= sequence) {
                    low = found.getLong(1) + 1;
                } else {
                    high = middle;
                }
            }
        }
        return low;
    }

    /**
     * Tells of the entries that were there at the cursor and have lost their names by the end. A file that is no more by now
     * is told as gone: it may have come so shortly before the cursor that it never was told as being there.
     */
    private void tellGone(long from) throws SQLException {
        Map<Long, Gone> last = new HashMap<>();
        for (Gone name : window) {
            if (!name.isNameless() && name.created() <= from) {
                last.put(name.entry(), name);
            }
        }
        for (Gone name : window) {
            Gone latest = name.isNameless() ? null : last.remove(name.entry());
            if (latest == null || name.kind() == GoneKind.BELOW || present.containsKey(name.entry())) {
                continue;
            }
            Row row = row(name.entry());
            Gone later = after.ceased(name.entry());
            if (row != null) {
                tell(row, latest.sequence(), from);
            } else if (later != null && later.directory()) {
                tell(name.entry(), true, false, later.created(), latest.sequence(), from);
            }
            if (!present.containsKey(name.entry())) {
                tellCeased(name, latest);
            }
        }
    }

    /** Tells of the directories that were made and were there at the end, maybe with names that are still somewhere. */
    private void tellCeasedLater(long from, long to, long since) throws SQLException {
        for (GoneNames.Made directory : gone.directoriesMade(from, to, since, Integer.MAX_VALUE)) {
            if (row(directory.entry()) == null) {
                tell(directory.entry(), true, false, directory.created(), directory.created(), from);
            }
        }
    }

    private void tellCeased(Gone name, Gone latest) throws SQLException {
        ceased.add(
                latest.kind() == GoneKind.LEFT_OUT
                        ? new Change.LeftOut(latest.sequence(), pathBefore(name), name.directory())
                        : new Change.Deleted(latest.sequence(), pathBefore(name), name.directory()));
    }

    /**
     * Tells of names that came and went since the cursor, too: a reader that looked for more than it was told may have seen
     * them. At the cursor there was nothing under such a name, or what was there left it before.
     */
    private void tellPassing(long from) throws SQLException {
        Set<NamesThen.Location> told = new HashSet<>();
        List<Gone> passing = new ArrayList<>();
        for (Gone name : window) {
            Gone first = name.created() <= from ? before.ceased(name.entry()) : null;
            if (first != null && first.sequence() == name.sequence()) {
                told.add(name.location());
            } else if (!name.isNameless() && name.kind() != GoneKind.BELOW) {
                passing.add(name);
            }
        }
        for (Gone name : passing) {
            if (wasThere(name.parent(), from) && told.add(name.location())) {
                tellCeased(name, name);
            }
        }
    }

    /** Whether a directory was there at the cursor. */
    private boolean wasThere(long directory, long from) throws SQLException {
        Gone left = before.ceased(directory);
        Row row = left == null ? row(directory) : null;
        return left != null ? left.created() <= from : row != null && row.created() <= from;
    }

    private void tell(Row row, long sequence, long from) throws SQLException {
        Entry entry = row.entry();
        boolean content = entry.contentSequence() > from && !entry.isDirectory();
        tell(entry.id(), entry.isDirectory(), content, row.created(), sequence, from);
    }

    private void tell(long entry, boolean directory, boolean content, long created, long sequence, long from)
            throws SQLException {
        BytePath path = after.path(entry);
        if (path == null) {
            return;
        }
        Gone left = created > from ? null : before.ceased(entry);
        Change change;
        if (created > from) {
            change = new Change.Created(sequence, path, directory);
        } else if (left != null && !left.location().equals(after.location(entry))) {
            change = new Change.Moved(sequence, pathBefore(left), path, directory, content);
        } else {
            change = new Change.Modified(sequence, path, directory, content);
        }
        present.put(entry, change);
    }

    /** Tells of the directories above that are new, too, even if their rows have changed again since the end. */
    private void tellAbove(long entry, long from, Set<Long> seen) throws SQLException {
        NamesThen.Location location = after.location(entry);
        while (location != null && !present.containsKey(location.parent()) && seen.add(location.parent())) {
            long parent = location.parent();
            Gone later = after.ceased(parent);
            Row row = row(parent);
            long created = row != null ? row.created() : later == null ? 0 : later.created();
            if (created > from) {
                tell(parent, true, false, created, created, from);
            }
            location = after.location(parent);
        }
    }

    /** By their sequences, but none before the directories above it. */
    private List<Change> inOrder() throws SQLException {
        List<Map.Entry<Long, Change>> bySequence = new ArrayList<>(present.entrySet());
        bySequence.sort(Comparator.comparingLong(told -> told.getValue().sequence()));
        Set<Long> seen = new HashSet<>();
        List<Change> ordered = new ArrayList<>();
        for (Map.Entry<Long, Change> told : bySequence) {
            Deque<Long> above = new ArrayDeque<>();
            long at = told.getKey();
            while (at > 0 && seen.add(at)) {
                above.push(at);
                NamesThen.Location location = after.location(at);
                at = location == null ? 0 : location.parent();
            }
            for (long entry : above) {
                Change change = present.get(entry);
                if (change != null) {
                    ordered.add(change);
                }
            }
        }
        return ordered;
    }

    private List<Change> gaps(long from, long to) throws SQLException {
        List<Change> gaps = new ArrayList<>();
        for (dev.nightjar.feed.Gap gap : Gaps.read(rows)) {
            if (gap.healing() || (gap.sequence() > from && gap.sequence() <= to)) {
                gaps.add(new Change.Unknown(gap.sequence(), gap.scope(), gap.reason()));
            }
        }
        return gaps;
    }

    /** Where a name was when the cursor was made. */
    private BytePath pathBefore(Gone name) throws SQLException {
        BytePath parent = before.path(name.parent());
        return parent == null ? name.path() : parent.resolve(name.name());
    }

    private @Nullable Row row(long id) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT " + Rows.COLUMNS + ", created FROM entry WHERE id=?");
        statement.setLong(1, id);
        try (ResultSet set = statement.executeQuery()) {
            return set.next() ? new Row(Rows.read(set), set.getLong(19)) : null;
        }
    }
}
