package dev.nightjar.feed.catalog;

import dev.nightjar.feed.CatalogReading;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedException;
import dev.nightjar.feed.Gap;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short consistent reads beside the writer. Any thread; connections are kept for the next. */
public final class Readers implements AutoCloseable {
    private static final int KEPT = 4;

    private final Path file;
    private final Deque<SqlReader> idle = new ArrayDeque<>();
    private boolean closed;

    private Readers(Path file) {
        this.file = file;
    }

    /** Reads of the catalog in a directory, which must be there. */
    public static Readers of(Path state) throws FeedException {
        Path file = CatalogStore.file(state);
        if (!Files.exists(file)) {
            throw new FeedException(
                    "there is no catalog in " + state,
                    "nothing was backed up or watched from there",
                    "nightjar run DIR --to REPO");
        }
        return new Readers(file);
    }

    /** The catalog's file. */
    public Path file() {
        return file;
    }

    /** Reads in one transaction. */
    public <T extends @Nullable Object> T read(CatalogReading<T> reading) throws IOException {
        try {
            SqlReader reader = take();
            boolean done = false;
            try {
                T result = reading.apply(reader);
                reader.connection().commit();
                done = true;
                return result;
            } finally {
                give(reader, done);
            }
        } catch (SQLException e) {
            throw FeedException.catalog(file, e);
        }
    }

    /** What changed since a cursor, null for the beginning; nothing only if there is no more, or on an interrupt. */
    public ChangeBatch changes(@Nullable Cursor since, String selection, int limit) throws IOException {
        ChangeBatch batch = batch(since, selection, limit);
        while (batch.changes().isEmpty()
                && batch.more()
                && !Thread.currentThread().isInterrupted()) {
            batch = batch(batch.cursor(), selection, limit);
        }
        return batch;
    }

    private ChangeBatch batch(@Nullable Cursor since, String selection, int limit) throws IOException {
        return read(reader -> new ChangeReader(((SqlReader) reader).rows(), selection).since(since, limit));
    }

    /** A cursor in the present stretch of the catalog's life. */
    public Cursor cursor(long sequence, String selection) throws IOException {
        return read(reader -> new Cursor(identity(((SqlReader) reader).rows()), sequence, selection));
    }

    /** A named cursor as it was acknowledged. */
    public Cursor namedCursor(String name, long sequence) throws IOException {
        return read(reader -> {
            Rows rows = ((SqlReader) reader).rows();
            var statement = rows.statement("SELECT selection FROM cursor WHERE name=?");
            statement.setString(1, name);
            try (ResultSet found = statement.executeQuery()) {
                return new Cursor(identity(rows), sequence, found.next() ? found.getString(1) : "0");
            }
        });
    }

    static String identity(Rows rows) throws SQLException {
        try (ResultSet found = rows.statement("SELECT identity FROM epoch ORDER BY id DESC LIMIT 1")
                .executeQuery()) {
            if (!found.next()) {
                throw new SQLException("the catalog has no identity");
            }
            return found.getString(1);
        }
    }

    /** Open gaps. */
    public List<Gap> gaps() throws IOException {
        return read(reader -> Gaps.read(((SqlReader) reader).rows()));
    }

    /** The number of rows. */
    public long entries() throws IOException {
        return read(reader -> ((SqlReader) reader).number("SELECT count(*) FROM entry"));
    }

    /** A directory's rows. */
    public List<Entry> children(long directory) throws IOException {
        return read(reader -> {
            List<Entry> rows = new ArrayList<>();
            reader.children(directory, rows::add);
            return rows;
        });
    }

    /** The hash of the selection that the rows were judged by, or null if none was yet. */
    public @Nullable String selection() throws IOException {
        return this.<@Nullable String>read(reader -> {
            var statement = ((SqlReader) reader).rows().statement("SELECT value FROM meta WHERE key='selection'");
            try (ResultSet found = statement.executeQuery()) {
                return found.next() ? found.getString(1) : null;
            }
        });
    }

    private SqlReader take() throws SQLException {
        synchronized (idle) {
            if (closed) {
                throw new SQLException("the catalog is closed");
            }
            SqlReader kept = idle.poll();
            if (kept != null) {
                return kept;
            }
        }
        Connection connection = Schema.read(file);
        connection.setAutoCommit(false);
        return new SqlReader(new Rows(connection));
    }

    private void give(SqlReader reader, boolean sound) throws SQLException {
        synchronized (idle) {
            if (sound && !closed && idle.size() < KEPT) {
                idle.push(reader);
                return;
            }
        }
        reader.rows().close();
        reader.connection().close();
    }

    @Override
    public void close() throws SQLException {
        synchronized (idle) {
            closed = true;
            for (SqlReader reader : idle) {
                reader.rows().close();
                reader.connection().close();
            }
            idle.clear();
        }
    }
}
