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
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells what changed since a cursor. Names that ceased are told as they were when the cursor was made, names that are as
 * they are now.
 */
final class ChangeReader {
    private record Gone(
            long parent,
            Name name,
            long entry,
            long sequence,
            long created,
            GoneKind kind,
            boolean directory,
            BytePath path) {}

    private record Row(Entry entry, long created) {}

    private final Rows rows;
    private final String selection;
    private final List<Change> changes = new ArrayList<>();
    private final Map<Long, Gone> firstMove = new HashMap<>();
    private final Map<Long, BytePath> paths = new HashMap<>();

    ChangeReader(Rows rows, String selection) {
        this.rows = rows;
        this.selection = selection;
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
        List<Row> changed = changed(from, limit + 1);
        boolean more = changed.size() > limit;
        if (more) {
            changed.removeLast();
        }
        // What lies behind the last row told is left for the next time, with the names that ceased after it.
        long to = more ? changed.getLast().entry().sequence() : now;
        List<Gone> gone = cursor == null ? List.of() : gone(from);
        tellGone(gone, changed, from, to);
        for (Row row : changed) {
            tellRow(row, row.entry().sequence(), from);
        }
        tellGaps(from, to);
        changes.sort(Comparator.comparingLong(Change::sequence));
        return new ChangeBatch(changes, new Cursor(identity, to, selection), more);
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

    private List<Row> changed(long from, int limit) throws SQLException {
        PreparedStatement statement = rows.statement(
                "SELECT " + Rows.COLUMNS + ", created FROM entry WHERE sequence > ? ORDER BY sequence LIMIT ?");
        statement.setLong(1, from);
        statement.setInt(2, limit);
        List<Row> found = new ArrayList<>();
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                found.add(new Row(Rows.read(set), set.getLong(19)));
            }
        }
        return found;
    }

    private List<Gone> gone(long from) throws SQLException {
        PreparedStatement statement =
                rows.statement("SELECT parent, name, entry, sequence, created, kind, directory, path"
                        + " FROM gone WHERE sequence > ? ORDER BY sequence");
        statement.setLong(1, from);
        List<Gone> found = new ArrayList<>();
        try (ResultSet set = statement.executeQuery()) {
            while (set.next()) {
                Gone gone = new Gone(
                        set.getLong(1),
                        Name.of(set.getBytes(2)),
                        set.getLong(3),
                        set.getLong(4),
                        set.getLong(5),
                        GoneKind.of(set.getInt(6)),
                        set.getInt(7) != 0,
                        BytePath.of(set.getBytes(8)));
                found.add(gone);
                firstMove.putIfAbsent(gone.entry(), gone);
            }
        }
        return found;
    }

    private void tellGone(List<Gone> gone, List<Row> told, long from, long to) throws SQLException {
        Set<Long> dealtWith = new HashSet<>();
        for (Row row : told) {
            dealtWith.add(row.entry().id());
        }
        for (Gone name : gone) {
            if (name.sequence() > to || name.created() > from || !dealtWith.add(name.entry())) {
                continue;
            }
            Row row = row(name.entry());
            if (row == null) {
                boolean leftOut = last(gone, name.entry()).kind() == GoneKind.LEFT_OUT;
                changes.add(
                        leftOut
                                ? new Change.LeftOut(name.sequence(), pathBefore(name), name.directory())
                                : new Change.Deleted(name.sequence(), pathBefore(name), name.directory()));
            } else {
                tellRow(row, name.sequence(), from);
            }
        }
    }

    private static Gone last(List<Gone> gone, long entry) {
        Gone last = gone.getFirst();
        for (Gone name : gone) {
            if (name.entry() == entry) {
                last = name;
            }
        }
        return last;
    }

    private void tellRow(Row row, long sequence, long from) throws SQLException {
        Entry entry = row.entry();
        BytePath path = path(entry.id());
        if (path == null) {
            return;
        }
        boolean directory = entry.isDirectory();
        boolean content = entry.contentSequence() > from && !directory;
        Gone moved = firstMove.get(entry.id());
        if (row.created() > from) {
            changes.add(new Change.Created(sequence, path, directory));
        } else if (moved != null && !pathBefore(moved).equals(path)) {
            changes.add(new Change.Moved(sequence, pathBefore(moved), path, directory, content));
        } else {
            changes.add(new Change.Modified(sequence, path, directory, content));
        }
    }

    private void tellGaps(long from, long to) throws SQLException {
        for (dev.nightjar.feed.Gap gap : Gaps.read(rows)) {
            if (gap.healing() || (gap.sequence() > from && gap.sequence() <= to)) {
                changes.add(new Change.Unknown(gap.sequence(), gap.scope(), gap.reason()));
            }
        }
    }

    /** Where a name was when the cursor was made. */
    private BytePath pathBefore(Gone name) throws SQLException {
        BytePath parent = directoryBefore(name.parent());
        return parent == null ? name.path() : parent.resolve(name.name());
    }

    private @Nullable BytePath directoryBefore(long id) throws SQLException {
        Gone moved = firstMove.get(id);
        if (moved != null) {
            BytePath parent = directoryBefore(moved.parent());
            return parent == null ? null : parent.resolve(moved.name());
        }
        Entry row = rows.byId(id);
        if (row == null) {
            return null;
        }
        if (row.parent() == 0) {
            return path(id);
        }
        BytePath parent = directoryBefore(row.parent());
        return parent == null ? null : parent.resolve(row.name());
    }

    private @Nullable Row row(long id) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT " + Rows.COLUMNS + ", created FROM entry WHERE id=?");
        statement.setLong(1, id);
        try (ResultSet set = statement.executeQuery()) {
            return set.next() ? new Row(Rows.read(set), set.getLong(19)) : null;
        }
    }

    private @Nullable BytePath path(long id) throws SQLException {
        BytePath known = paths.get(id);
        if (known == null) {
            known = rows.path(id);
            if (known != null && paths.size() < 10_000) {
                paths.put(id, known);
            }
        }
        return known;
    }
}
