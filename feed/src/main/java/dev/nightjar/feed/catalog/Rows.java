package dev.nightjar.feed.catalog;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Look-ups of rows over one connection, by one thread; statements are prepared once. */
final class Rows implements AutoCloseable {
    static final String COLUMNS = "id, filesystem, parent, name, mode, uid, gid, size, mtime, mtime_nanos, ctime,"
            + " ctime_nanos, inode, links, rdev, sequence, content_sequence, extra";
    private static final Name SLASH = Name.of(".");

    private final Connection connection;
    private final Map<String, PreparedStatement> statements = new HashMap<>();

    Rows(Connection connection) {
        this.connection = connection;
    }

    Connection connection() {
        return connection;
    }

    /** The statement for this text, prepared once. */
    PreparedStatement statement(String sql) throws SQLException {
        PreparedStatement known = statements.get(sql);
        if (known == null) {
            known = connection.prepareStatement(sql);
            statements.put(sql, known);
        }
        return known;
    }

    @Nullable
    Entry byId(long id) throws SQLException {
        PreparedStatement statement = statement("SELECT " + COLUMNS + " FROM entry WHERE id=?");
        statement.setLong(1, id);
        return one(statement);
    }

    @Nullable
    Entry byName(long parent, Name name) throws SQLException {
        PreparedStatement statement = statement("SELECT " + COLUMNS + " FROM entry WHERE parent=? AND name=?");
        statement.setLong(1, parent);
        statement.setBytes(2, name.bytes());
        return one(statement);
    }

    List<Entry> byInode(long filesystem, long inode) throws SQLException {
        PreparedStatement statement = statement("SELECT " + COLUMNS + " FROM entry WHERE filesystem=? AND inode=?");
        statement.setLong(1, filesystem);
        statement.setLong(2, inode);
        List<Entry> found = new ArrayList<>();
        each(statement, found::add);
        return found;
    }

    List<Entry> byHandle(long filesystem, byte[] handle) throws SQLException {
        PreparedStatement statement = statement("SELECT " + COLUMNS + " FROM entry WHERE id IN"
                + " (SELECT entry FROM handle WHERE filesystem=? AND handle=?)");
        statement.setLong(1, filesystem);
        statement.setBytes(2, handle);
        List<Entry> found = new ArrayList<>();
        each(statement, found::add);
        return found;
    }

    void children(long directory, Consumer<Entry> consumer) throws SQLException {
        PreparedStatement statement = statement("SELECT " + COLUMNS + " FROM entry WHERE parent=? ORDER BY name");
        statement.setLong(1, directory);
        each(statement, consumer);
    }

    boolean hasChildren(long directory) throws SQLException {
        PreparedStatement statement = statement("SELECT 1 FROM entry WHERE parent=? LIMIT 1");
        statement.setLong(1, directory);
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next();
        }
    }

    List<Entry> roots() throws SQLException {
        List<Entry> found = new ArrayList<>();
        each(statement("SELECT " + COLUMNS + " FROM entry WHERE parent=0 ORDER BY name"), found::add);
        return found;
    }

    /** The path of a row, or null if it, or a directory above it, has none. */
    @Nullable
    BytePath path(long id) throws SQLException {
        PreparedStatement statement = statement("SELECT parent, name FROM entry WHERE id=?");
        List<byte[]> names = new ArrayList<>();
        long at = id;
        while (at != 0) {
            statement.setLong(1, at);
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    return null;
                }
                at = rows.getLong(1);
                names.add(rows.getBytes(2));
            }
        }
        if (names.isEmpty()) {
            return null;
        }
        BytePath path = BytePath.of(names.getLast());
        for (int i = names.size() - 2; i >= 0; i--) {
            path = path.resolve(Name.of(names.get(i)));
        }
        return path;
    }

    private static @Nullable Entry one(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next() ? read(rows) : null;
        }
    }

    private static void each(PreparedStatement statement, Consumer<Entry> consumer) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                consumer.accept(read(rows));
            }
        }
    }

    static Entry read(ResultSet row) throws SQLException {
        long parent = row.getLong(3);
        byte[] name = row.getBytes(4);
        Extra extra = Extra.decode(row.getBytes(18));
        return new Entry(
                row.getLong(1),
                row.getLong(2),
                parent,
                parent == 0 ? lastOf(name) : Name.of(name),
                row.getInt(5),
                row.getInt(6),
                row.getInt(7),
                row.getLong(8),
                new Timestamp(row.getLong(9), row.getInt(10)),
                new Timestamp(row.getLong(11), row.getInt(12)),
                row.getLong(13),
                row.getInt(14),
                row.getLong(15),
                row.getLong(16),
                row.getLong(17),
                extra.linkTarget(),
                extra.xattrs());
    }

    private static Name lastOf(byte[] path) {
        Name last = BytePath.of(path).name();
        return last == null ? SLASH : last;
    }

    @Override
    public void close() throws SQLException {
        for (PreparedStatement statement : statements.values()) {
            statement.close();
        }
        statements.clear();
    }
}
