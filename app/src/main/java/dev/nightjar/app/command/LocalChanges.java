package dev.nightjar.app.command;

import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Changes from a feed of this process. */
final class LocalChanges implements ChangeSource {
    private static final Duration PATIENCE = Duration.ofSeconds(1);

    private final ChangeFeed feed;
    private final Semaphore changed = new Semaphore(0);

    LocalChanges(ChangeFeed feed) {
        this.feed = feed;
    }

    @Override
    public void refresh() throws IOException, InterruptedException {
        feed.awaitHealed();
        feed.barrier();
    }

    @Override
    public @Nullable Cursor cursor(String name) throws IOException {
        return feed.cursor(name);
    }

    @Override
    public Cursor now() throws IOException {
        return feed.cursorNow();
    }

    @Override
    public ChangeBatch after(@Nullable Cursor cursor, int limit) throws IOException {
        return feed.changes(cursor, limit);
    }

    @Override
    public void acknowledge(String name, Cursor cursor) throws IOException, InterruptedException {
        feed.acknowledge(name, cursor.sequence(), _ -> {});
    }

    @Override
    public void await(Cursor cursor) throws IOException, InterruptedException {
        while (feed.sequence() <= cursor.sequence()) {
            if (changed.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                changed.drainPermits();
            }
        }
    }

    /** Wakes {@link #await} at once when something was committed. */
    void listen() {
        feed.onChange(changed::release);
    }

    @Override
    public void close() throws IOException {
        feed.close();
    }
}
