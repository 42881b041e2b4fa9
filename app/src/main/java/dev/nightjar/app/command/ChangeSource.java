package dev.nightjar.app.command;

import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where {@code nightjar changes} gets its answer: a feed of its own, or the run that watches already. For one thread. */
interface ChangeSource extends AutoCloseable {
    /** Makes sure that what was changed before this call is known. */
    void refresh() throws IOException, InterruptedException;

    /** Where a named cursor is; null if it is new. */
    @Nullable
    Cursor cursor(String name) throws IOException;

    /** A cursor that knows everything that is known now. */
    Cursor now() throws IOException;

    /** What changed after a cursor; everything there is after null. */
    ChangeBatch after(@Nullable Cursor cursor, int limit) throws IOException;

    void acknowledge(String name, Cursor cursor) throws IOException, InterruptedException;

    /** Waits until there is something after the cursor. */
    void await(Cursor cursor) throws IOException, InterruptedException;

    @Override
    void close() throws IOException;
}
