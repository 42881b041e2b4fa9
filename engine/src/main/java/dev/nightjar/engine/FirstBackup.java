package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Tells how far a first backup is, at most four times a second. */
final class FirstBackup implements CommitProgress {
    private static final long INTERVAL = 250_000_000L;

    private final ChangeFeed feed;
    private final JobListener listener;
    private final LedgerReader.Totals totals;
    private final long begun = System.nanoTime();
    private long told = begun;
    private long files;
    private long bytes;
    private @Nullable Entry current;

    FirstBackup(ChangeFeed feed, JobListener listener) throws IOException {
        this.feed = feed;
        this.listener = listener;
        this.totals = LedgerReader.totals(feed);
    }

    @Override
    public void reading(Entry file) throws IOException {
        current = file;
        tellIfDue();
    }

    @Override
    public void done(Entry file) throws IOException {
        files++;
        bytes += file.size();
        tellIfDue();
    }

    private void tellIfDue() throws IOException {
        long now = System.nanoTime();
        if (now - told < INTERVAL) {
            return;
        }
        told = now;
        listener.on(new JobEvent.FirstBackupProgress(
                files,
                Math.max(files, totals.files()),
                bytes,
                Math.max(bytes, totals.bytes()),
                Duration.ofNanos(now - begun),
                path()));
    }

    private @Nullable BytePath path() throws IOException {
        Entry file = current;
        if (file == null) {
            return null;
        }
        return feed.read(reader -> reader.entry(file.id()) == null ? null : reader.path(file.id()));
    }
}
