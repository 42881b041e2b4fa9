package dev.nightjar.feed.catalog;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A reader over one connection with an open read transaction. */
final class SqlReader implements CatalogReader {
    private final Rows rows;

    SqlReader(Rows rows) {
        this.rows = rows;
    }

    Rows rows() {
        return rows;
    }

    @Override
    public List<Entry> roots() throws SQLException {
        return rows.roots();
    }

    @Override
    public @Nullable Entry entry(long id) throws SQLException {
        return rows.byId(id);
    }

    @Override
    public void children(long directory, Consumer<Entry> consumer) throws SQLException {
        rows.children(directory, consumer);
    }

    @Override
    public @Nullable Entry child(long directory, Name name) throws SQLException {
        return rows.byName(directory, name);
    }

    @Override
    public BytePath path(long id) throws SQLException {
        BytePath path = rows.path(id);
        if (path == null) {
            throw new SQLException("the catalog has no entry " + id);
        }
        return path;
    }

    @Override
    public long find(BytePath path) throws SQLException {
        for (Entry root : rows.roots()) {
            BytePath rootPath = path(root.id());
            if (path.startsWith(rootPath)) {
                return find(root.id(), rootPath.relativize(path).names());
            }
        }
        return 0;
    }

    private long find(long root, List<Name> names) throws SQLException {
        long at = root;
        for (Name name : names) {
            Entry next = rows.byName(at, name);
            if (next == null) {
                return 0;
            }
            at = next.id();
        }
        return at;
    }

    @Override
    public @Nullable String userName(int uid) throws SQLException {
        return owner("user", uid);
    }

    @Override
    public @Nullable String groupName(int gid) throws SQLException {
        return owner("group", gid);
    }

    private @Nullable String owner(String kind, int id) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT name FROM owner WHERE kind=? AND id=?");
        statement.setString(1, kind);
        statement.setLong(2, Integer.toUnsignedLong(id));
        try (ResultSet found = statement.executeQuery()) {
            return found.next() ? found.getString(1) : null;
        }
    }

    @Override
    public long cursorSequence(String name) throws SQLException {
        PreparedStatement statement = rows.statement("SELECT sequence FROM cursor WHERE name=?");
        statement.setString(1, name);
        try (ResultSet found = statement.executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    @Override
    public long sequence() throws SQLException {
        long highest = 0;
        for (String table : List.of("entry", "gone", "gap")) {
            highest = Math.max(highest, number("SELECT coalesce(max(sequence), 0) FROM " + table));
        }
        return Math.max(highest, number("SELECT value FROM meta WHERE key='sequence'"));
    }

    long number(String sql) throws SQLException {
        try (ResultSet found = rows.statement(sql).executeQuery()) {
            return found.next() ? found.getLong(1) : 0;
        }
    }

    @Override
    public List<FeedStatus.Problem> problems() throws SQLException {
        List<FeedStatus.Problem> problems = new ArrayList<>();
        try (ResultSet found = rows.statement("SELECT entry, message FROM problem ORDER BY entry")
                .executeQuery()) {
            while (found.next()) {
                BytePath path = rows.path(found.getLong(1));
                if (path != null) {
                    problems.add(new FeedStatus.Problem(found.getLong(1), path, found.getString(2)));
                }
            }
        }
        return problems;
    }

    @Override
    public Connection connection() {
        return rows.connection();
    }
}
