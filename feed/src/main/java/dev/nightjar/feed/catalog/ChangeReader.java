package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
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
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed since a cursor, up to a sequence: the tree as it was then, seen from the tree as it was at the cursor.
 * What has happened since is left for the next time, so that each batch fits the one before: a reader that has applied all
 * until then has every directory that a name comes to be in, and no name is told as gone that was told as being there.
 */
final class ChangeReader {
    private record Row(Entry entry, long created) {}

    /** A stretch in which a row that was in another's way had no name. */
    private record Nameless(long after, long until) {}

    private final Rows rows;
    private final String selection;
    private final List<Gone> gone = new ArrayList<>();
    private final List<Nameless> nameless = new ArrayList<>();
    private final List<Change> ceased = new ArrayList<>();
    private final Map<Long, Change> present = new HashMap<>(); // by entry
    private NamesThen before;
    private NamesThen after;

    ChangeReader(Rows rows, String selection) {
        this.rows = rows;
        this.selection = selection;
        this.before = new NamesThen(rows, List.of(), 0);
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
        NavigableMap<Long, Row> changed = changed(from, now, limit + 1);
        boolean more = changed.size() > limit;
        if (cursor != null || more) {
            readGone(from);
        }
        long to = now;
        if (more) {
            long last = changed.keySet().stream().skip(limit - 1L).findFirst().orElse(now);
            to = end(last);
            changed = new TreeMap<>(changed.headMap(last, true));
            changed.putAll(changed(last, to, Integer.MAX_VALUE));
        }
        before = new NamesThen(rows, gone, from);
        after = new NamesThen(rows, gone, to);
        for (Map.Entry<Long, Row> row : changed.entrySet()) {
            tell(row.getValue(), row.getKey(), from);
        }
        tellGone(from, to);
        Set<Long> seen = new HashSet<>();
        for (Long entry : List.copyOf(present.keySet())) {
            tellAbove(entry, from, seen);
        }
        List<Change> changes = new ArrayList<>(ceased);
        changes.sort(Comparator.comparingLong(Change::sequence));
        changes.addAll(inOrder());
        changes.addAll(gaps(from, to));
        return new ChangeBatch(changes, new Cursor(identity, to, selection), to < now);
    }

    /** Where a batch may end: not while a row that had been in another's way had no name. */
    private long end(long wanted) {
        long to = wanted;
        boolean within = true;
        while (within) {
            within = false;
            for (Nameless stretch : nameless) {
                if (stretch.after() <= to && to < stretch.until()) {
                    to = stretch.until();
                    within = true;
                }
            }
        }
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
        PreparedStatement expired = rows.statement("SELECT value FROM meta WHERE key='gone_expired'");
        try (ResultSet found = expired.executeQuery()) {
            if (found.next() && found.getLong(1) > cursor.sequence()) {
                return GapReason.CURSOR_EXPIRED;
            }
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

    private void readGone(long from) throws SQLException {
        PreparedStatement statement =
                rows.statement("SELECT parent, name, entry, sequence, created, kind, directory, path"
                        + " FROM gone WHERE sequence > ? ORDER BY sequence");
        statement.setLong(1, from);
        Map<Long, Gone> last = new HashMap<>();
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                Gone name = new Gone(
                        set.getLong(1),
                        Name.of(set.getBytes(2)),
                        set.getLong(3),
                        set.getLong(4),
                        set.getLong(5),
                        GoneKind.of(set.getInt(6)),
                        set.getInt(7) != 0,
                        BytePath.of(set.getBytes(8)));
                Gone previous = last.put(name.entry(), name);
                if (name.parent() >= 0) {
                    gone.add(name);
                } else if (previous != null) {
                    nameless.add(new Nameless(previous.sequence(), name.sequence()));
                }
            }
        }
    }

    /** Tells of the entries that were there at the cursor and have lost their names by the end. */
    private void tellGone(long from, long to) throws SQLException {
        Map<Long, Gone> last = new HashMap<>();
        for (Gone name : gone) {
            if (name.sequence() <= to && name.created() <= from) {
                last.put(name.entry(), name);
            }
        }
        for (Gone name : gone) {
            Gone latest = last.remove(name.entry());
            if (latest == null || name.kind() == GoneKind.BELOW || present.containsKey(name.entry())) {
                continue;
            }
            Row row = row(name.entry());
            Gone later = after.ceased(name.entry());
            if (row != null) {
                tell(row, latest.sequence(), from);
            } else if (later != null) {
                tell(name.entry(), later.directory(), !later.directory(), later.created(), latest.sequence(), from);
            }
            if (!present.containsKey(name.entry())) {
                tellCeased(name, latest);
            }
        }
        for (Gone name : gone) {
            boolean madeSince = name.created() > from && name.created() <= to;
            if (madeSince && name.sequence() > to && row(name.entry()) == null) {
                // It was there at the end: it may have had names below that are still somewhere, and what becomes of
                // its
                // own name is told to those who know it.
                tell(name.entry(), name.directory(), !name.directory(), name.created(), name.created(), from);
            }
        }
        tellPassing(from, to);
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
    private void tellPassing(long from, long to) throws SQLException {
        Set<NamesThen.Location> told = new HashSet<>();
        List<Gone> passing = new ArrayList<>();
        for (Gone name : gone) {
            if (name.created() <= from && name.equals(before.ceased(name.entry()))) {
                told.add(name.location());
            } else if (name.sequence() <= to && name.kind() != GoneKind.BELOW) {
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
        Gone left = before.ceased(entry);
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
