package dev.nightjar.feed.catalog;

import dev.nightjar.feed.CatalogWork;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedException;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The one writer of a catalog. All statements belong to one open transaction, which {@link #commit} makes durable. Confined
 * to one thread at a time.
 */
public final class CatalogStore implements AutoCloseable {
    private final FileChannel lockFile;
    private final Connection connection;
    private final Rows rows;
    private final Numbers numbers;
    private final Owners owners;
    private final Handles handles;
    private final Gaps gaps;
    private final Problems problems;
    private final Cursors cursors;
    private long entries;
    private boolean dirty;
    private volatile long committed;

    private CatalogStore(FileChannel lockFile, Connection connection, InstantSource clock) throws SQLException {
        this.lockFile = lockFile;
        this.connection = connection;
        this.rows = new Rows(connection);
        this.owners = new Owners(rows);
        this.handles = new Handles(rows, () -> dirty = true);
        this.gaps = new Gaps(this, rows, () -> dirty = true, clock);
        this.problems = new Problems(rows, () -> dirty = true, clock);
        connection.setAutoCommit(false);
        this.numbers = Numbers.resume(rows, new SecureRandom());
        this.entries = new SqlReader(rows).number("SELECT count(*) FROM entry");
        connection.commit();
        this.committed = numbers.sequence();
        this.cursors = new Cursors(rows, numbers, () -> dirty = true, clock);
    }

    /**
     * Opens or creates {@code catalog.db} in a directory, and keeps it from others until closed.
     *
     * @throws FeedException if another process has it, or it is of a later version
     */
    public static CatalogStore open(Path state, InstantSource clock) throws IOException, SQLException {
        Files.createDirectories(state);
        FileChannel channel =
                FileChannel.open(state.resolve("catalog.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (!locked(channel)) {
                throw new FeedException(
                        "the catalog in " + state + " is in use",
                        "another Nightjar watches or backs up these directories now",
                        "wait for it, or ask it: nightjar status");
            }
            Path file = file(state);
            Connection connection = Schema.write(file);
            try {
                Schema.prepare(connection, file);
                return new CatalogStore(channel, connection, clock);
            } catch (SQLException | IOException e) {
                connection.close();
                throw e;
            }
        } catch (SQLException | IOException e) {
            channel.close();
            throw e;
        }
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock() != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    static Path file(Path state) {
        return state.resolve("catalog.db");
    }

    /** Identity of this stretch of the catalog's life, part of every cursor made in it. */
    public String identity() {
        return numbers.identity();
    }

    /** The highest committed sequence. Any thread. */
    public long committed() {
        return committed;
    }

    /** How many rows there are. */
    public long entries() {
        return entries;
    }

    /** Whether there is something to commit. */
    public boolean dirty() {
        return dirty;
    }

    /** Makes everything since the last time durable. */
    public void commit() throws SQLException {
        if (dirty) {
            numbers.keep(); // a gap that healed takes the highest sequence with it, and cursors may have it
        }
        connection.commit();
        committed = numbers.sequence();
        dirty = false;
    }

    /** Ends a transaction in which nothing was written, so that it does not hold back the log. */
    public void endRead() throws SQLException {
        if (!dirty) {
            connection.commit();
        }
    }

    /** Runs somebody's statements; an exception takes them, and only them, back. */
    public void run(CatalogWork work) throws SQLException {
        Savepoint before = connection.setSavepoint();
        dirty = true;
        try {
            work.run(connection);
            connection.releaseSavepoint(before);
        } catch (SQLException | RuntimeException e) {
            connection.rollback(before);
            throw e;
        }
    }

    /** The next sequence. */
    public long nextSequence() throws SQLException {
        return numbers.nextSequence();
    }

    /** The row with an id, or null. */
    public @Nullable Entry byId(long id) throws SQLException {
        return rows.byId(id);
    }

    /** The row with a name, or null. */
    public @Nullable Entry byName(long parent, Name name) throws SQLException {
        return rows.byName(parent, name);
    }

    /** All rows of one inode. */
    public List<Entry> byInode(long filesystem, long inode) throws SQLException {
        return rows.byInode(filesystem, inode);
    }

    /** All rows known under a handle. */
    public List<Entry> byHandle(long filesystem, byte[] handle) throws SQLException {
        return rows.byHandle(filesystem, handle);
    }

    /** A directory's rows in the order of names. */
    public void children(long directory, Consumer<Entry> consumer) throws SQLException {
        rows.children(directory, consumer);
    }

    /** Whether a directory has any rows. */
    public boolean hasChildren(long directory) throws SQLException {
        return rows.hasChildren(directory);
    }

    /** The path of a row, or null. */
    public @Nullable BytePath path(long id) throws SQLException {
        return rows.path(id);
    }

    /** The root rows. */
    public List<Entry> roots() throws SQLException {
        return rows.roots();
    }

    /** Adds a row, new in every respect; returns it. */
    public Entry insert(long filesystem, long parent, Name name, Stat stat, byte @Nullable [] link, List<Xattr> xattrs)
            throws SQLException {
        return insert(filesystem, parent, name, name.bytes(), stat, link, xattrs);
    }

    /** Adds a root's row. */
    public Entry insertRoot(long filesystem, BytePath path, Stat stat, List<Xattr> xattrs) throws SQLException {
        Name last = path.name();
        Entry entry = insert(filesystem, 0, last == null ? Name.of(".") : last, path.bytes(), stat, null, xattrs);
        PreparedStatement statement = rows.statement("INSERT INTO root(entry, path) VALUES(?, ?)");
        statement.setLong(1, entry.id());
        statement.setBytes(2, path.bytes());
        statement.executeUpdate();
        return entry;
    }

    private Entry insert(
            long filesystem,
            long parent,
            Name name,
            byte[] nameColumn,
            Stat stat,
            byte @Nullable [] link,
            List<Xattr> xattrs)
            throws SQLException {
        long sequence = nextSequence();
        Entry entry = new Entry(
                numbers.nextId(),
                filesystem,
                parent,
                name,
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.size(),
                stat.mtime(),
                stat.ctime(),
                stat.inode(),
                stat.links(),
                stat.rdev(),
                sequence,
                sequence,
                link,
                xattrs);
        PreparedStatement s = rows.statement(
                "INSERT INTO entry(" + Rows.COLUMNS + ", created) VALUES(?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
        s.setLong(1, entry.id());
        s.setLong(2, filesystem);
        s.setLong(3, parent);
        s.setBytes(4, nameColumn);
        s.setInt(5, entry.mode());
        s.setInt(6, entry.uid());
        s.setInt(7, entry.gid());
        s.setLong(8, entry.size());
        s.setLong(9, entry.mtime().seconds());
        s.setInt(10, entry.mtime().nanos());
        s.setLong(11, entry.ctime().seconds());
        s.setInt(12, entry.ctime().nanos());
        s.setLong(13, entry.inode());
        s.setInt(14, entry.links());
        s.setLong(15, entry.rdev());
        s.setLong(16, sequence);
        s.setLong(17, sequence);
        blob(s, 18, Extra.encode(link, xattrs));
        s.setLong(19, sequence);
        s.executeUpdate();
        owners.seen(entry.uid(), entry.gid());
        entries++;
        dirty = true;
        return entry;
    }

    /** Writes what a look found into an existing row; its content counts as changed if told so. Returns the row. */
    public Entry update(
            Entry old, long filesystem, Stat stat, byte @Nullable [] link, List<Xattr> xattrs, boolean content)
            throws SQLException {
        long sequence = nextSequence();
        PreparedStatement s = rows.statement("UPDATE entry SET filesystem=?, mode=?, uid=?, gid=?, size=?, mtime=?,"
                + " mtime_nanos=?, ctime=?, ctime_nanos=?, inode=?, links=?, rdev=?, sequence=?, content_sequence=?,"
                + " extra=? WHERE id=?");
        long contentSequence = content ? sequence : old.contentSequence();
        s.setLong(1, filesystem);
        s.setInt(2, stat.mode());
        s.setInt(3, stat.uid());
        s.setInt(4, stat.gid());
        s.setLong(5, stat.size());
        s.setLong(6, stat.mtime().seconds());
        s.setInt(7, stat.mtime().nanos());
        s.setLong(8, stat.ctime().seconds());
        s.setInt(9, stat.ctime().nanos());
        s.setLong(10, stat.inode());
        s.setInt(11, stat.links());
        s.setLong(12, stat.rdev());
        s.setLong(13, sequence);
        s.setLong(14, contentSequence);
        blob(s, 15, Extra.encode(link, xattrs));
        s.setLong(16, old.id());
        s.executeUpdate();
        owners.seen(stat.uid(), stat.gid());
        dirty = true;
        return new Entry(
                old.id(),
                filesystem,
                old.parent(),
                old.name(),
                stat.mode(),
                stat.uid(),
                stat.gid(),
                stat.size(),
                stat.mtime(),
                stat.ctime(),
                stat.inode(),
                stat.links(),
                stat.rdev(),
                sequence,
                contentSequence,
                link,
                xattrs);
    }

    /** Gives a row another name; the name must be free. */
    public void move(long id, long parent, byte[] name) throws SQLException {
        PreparedStatement s = rows.statement("UPDATE entry SET parent=?, name=?, sequence=? WHERE id=?");
        s.setLong(1, parent);
        s.setBytes(2, name);
        s.setLong(3, nextSequence());
        s.setLong(4, id);
        s.executeUpdate();
        dirty = true;
    }

    /** A change of which names a directory has. */
    public void touch(long directory) throws SQLException {
        PreparedStatement s = rows.statement("UPDATE entry SET sequence=? WHERE id=?");
        s.setLong(1, nextSequence());
        s.setLong(2, directory);
        s.executeUpdate();
        dirty = true;
    }

    /** The files below a directory that have other names. */
    public List<Entry> linkedBelow(Entry entry) throws SQLException {
        List<Entry> linked = new ArrayList<>();
        PreparedStatement select = rows.statement(
                "SELECT " + Rows.COLUMNS + " FROM entry WHERE parent=? AND links > 1 AND (mode & 61440) <> 16384");
        for (long directory : directories(entry)) {
            select.setLong(1, directory);
            try (ResultSet found = select.executeQuery()) {
                while (found.next()) {
                    linked.add(Rows.read(found));
                }
            }
        }
        return linked;
    }

    /** A directory and those below it. */
    private List<Long> directories(Entry entry) throws SQLException {
        List<Long> below = new ArrayList<>();
        if (entry.isDirectory()) {
            below.add(entry.id());
            PreparedStatement select = rows.statement("SELECT id FROM entry WHERE parent=? AND (mode & 61440) = 16384");
            for (int i = 0; i < below.size(); i++) {
                select.setLong(1, below.get(i));
                try (ResultSet found = select.executeQuery()) {
                    while (found.next()) {
                        below.add(found.getLong(1));
                    }
                }
            }
        }
        return below;
    }

    /** Removes a row and all below it; tells the id of every directory among them. */
    public void delete(Entry entry, LongConsumer directories) throws SQLException {
        List<Long> below = directories(entry);
        for (long directory : below) {
            if (directory != entry.id()) {
                gone(directory, GoneKind.BELOW, new byte[0]);
            }
        }
        PreparedStatement gaps = rows.statement("DELETE FROM gap WHERE scope=?");
        PreparedStatement handles =
                rows.statement("DELETE FROM handle WHERE entry IN (SELECT id FROM entry WHERE parent=?)");
        PreparedStatement problems =
                rows.statement("DELETE FROM problem WHERE entry IN (SELECT id FROM entry WHERE parent=?)");
        PreparedStatement children = rows.statement("DELETE FROM entry WHERE parent=?");
        for (long directory : below) {
            gaps.setLong(1, directory);
            gaps.executeUpdate();
            handles.setLong(1, directory);
            handles.executeUpdate();
            problems.setLong(1, directory);
            problems.executeUpdate();
            children.setLong(1, directory);
            entries -= children.executeUpdate();
            directories.accept(directory);
        }
        this.handles.remove(entry.id());
        this.problems.clear(entry.id());
        PreparedStatement own = rows.statement("DELETE FROM entry WHERE id=?");
        own.setLong(1, entry.id());
        entries -= own.executeUpdate();
        dirty = true;
    }

    /** Writes down that a name ceases, while its row is still there. */
    public void gone(Entry entry, GoneKind kind, BytePath path) throws SQLException {
        gone(entry.id(), kind, path.bytes());
    }

    private void gone(long id, GoneKind kind, byte[] path) throws SQLException {
        PreparedStatement s =
                rows.statement("INSERT INTO gone(parent, name, entry, sequence, kind, directory, path, created)"
                        + " SELECT parent, name, id, ?, ?, (mode & 61440) = 16384, ?, created FROM entry WHERE id=?");
        s.setLong(1, nextSequence());
        s.setInt(2, kind.column());
        s.setBytes(3, path);
        s.setLong(4, id);
        s.executeUpdate();
        dirty = true;
    }

    /** The handles of rows. */
    public Handles handles() {
        return handles;
    }

    /** The problems of rows. */
    public Problems problems() {
        return problems;
    }

    /** The number of a filesystem, given one if it has none yet. */
    public long filesystem(long type, String identity) throws SQLException {
        PreparedStatement select = rows.statement("SELECT id FROM filesystem WHERE uuid=?");
        select.setString(1, identity);
        try (ResultSet found = select.executeQuery()) {
            if (found.next()) {
                return found.getLong(1);
            }
        }
        PreparedStatement insert = rows.statement("INSERT INTO filesystem(type, uuid) VALUES(?, ?)");
        insert.setLong(1, type);
        insert.setString(2, identity);
        insert.executeUpdate();
        dirty = true;
        return filesystem(type, identity);
    }

    /** Keeps the hash of the selection that the rows were judged by. */
    public void selection(String hash) throws SQLException {
        PreparedStatement s = rows.statement("INSERT INTO meta(key, value) VALUES('selection', ?)"
                + " ON CONFLICT(key) DO UPDATE SET value=excluded.value");
        s.setString(1, hash);
        s.executeUpdate();
        dirty = true;
    }

    /** The gaps. */
    public Gaps gaps() {
        return gaps;
    }

    /** The named cursors. */
    public Cursors cursors() {
        return cursors;
    }

    private static void blob(PreparedStatement statement, int index, byte @Nullable [] value) throws SQLException {
        if (value == null) {
            statement.setNull(index, Types.BLOB);
        } else {
            statement.setBytes(index, value);
        }
    }

    /** Commits what is there, and lets go. */
    @Override
    public void close() throws SQLException, IOException {
        try (lockFile;
                connection) {
            numbers.close();
            commit();
            rows.close();
        }
    }
}
