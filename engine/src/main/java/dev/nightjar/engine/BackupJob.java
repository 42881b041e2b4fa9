package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.time.InstantSource;

/**
 * Carries a feed's changes into a repository. {@link #commitNow()} once, or {@link #run()} for good. Safe for use by
 * several threads; commits happen one at a time. Closing it closes the repository, not the feed.
 */
public final class BackupJob implements AutoCloseable {
    private final ChangeFeed feed;

    /** Made, nothing done yet; the repository is opened by the first commit. */
    public BackupJob(
            ChangeFeed feed, RepositoryOpener opener, JobOptions options, JobListener listener, InstantSource clock) {
        this.feed = feed;
    }

    /**
     * Commits everything that changed before this call: waits for gaps to heal, for the barrier, and for a commit that
     * is under way. Beside {@link #run()} it is what "save now" means.
     *
     * @throws dev.nightjar.repository.RepositoryException if the repository cannot be used
     * @throws QuestionException if a root vanished, was emptied or changed its filesystem (C17)
     */
    public CommitReport commitNow() throws IOException, InterruptedException {
        throw new IOException("not there yet: " + feed);
    }

    /**
     * The first backup, then commits at the job's cadence, until {@link #stop(boolean)}. Targets that are away are
     * waited for. Call it on a thread of its own.
     *
     * @throws IOException for what will not mend itself: a wrong password, damage, a catalog that cannot be written
     */
    public void run() throws IOException, InterruptedException {
        throw new IOException("not there yet");
    }

    /** Asks {@link #run()} to commit what is pending as soon as it can; returns at once. */
    public void commitSoon() {}

    /**
     * Ends {@link #run()}; returns at once.
     *
     * @param drain whether what is pending is committed first; a second call with false gives that up
     */
    public void stop(boolean drain) {}

    /** Where the job is; reads little and never waits for a commit. */
    public JobStatus status() {
        throw new UnsupportedOperationException();
    }

    /** Stops without draining, waits for the commit under way to be given up, closes the repository. */
    @Override
    public void close() {}
}
