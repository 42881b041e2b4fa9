package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A consistent view of the catalog, for one thread and for as long as {@link CatalogReading#apply} runs. Times in the
 * tables are two columns, {@code mtime, mtime_nanos} and {@code ctime, ctime_nanos}, seconds since the epoch.
 */
public interface CatalogReader {
    /** The roots, in the order of their paths. Their names are last components; see {@link #path}. */
    List<Entry> roots() throws SQLException;

    /** The row with an id, or null. */
    @Nullable
    Entry entry(long id) throws SQLException;

    /** A directory's rows, in unsigned byte order of their names. */
    void children(long directory, Consumer<Entry> consumer) throws SQLException;

    /** A directory's row of that name, or null. */
    @Nullable
    Entry child(long directory, dev.nightjar.linux.Name name) throws SQLException;

    /**
     * The absolute path of a row.
     *
     * @throws SQLException if there is none
     */
    BytePath path(long id) throws SQLException;

    /** The id of the row a path names, or 0. */
    long find(BytePath path) throws SQLException;

    /** The user's name as it was last known, or null. */
    @Nullable
    String userName(int uid) throws SQLException;

    /** The group's name as it was last known, or null. */
    @Nullable
    String groupName(int gid) throws SQLException;

    /** The sequence a named cursor has reached, 0 if there is none. */
    long cursorSequence(String name) throws SQLException;

    /** The highest sequence in this view. */
    long sequence() throws SQLException;

    /** What could not be read. */
    List<FeedStatus.Problem> problems() throws SQLException;

    /** The connection, for statements of one's own that only read. */
    Connection connection();
}
