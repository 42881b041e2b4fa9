package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.FileSource;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries a feed's changes into a repository. {@link #commitNow()} once, or {@link #run()} for good. Safe for use by
 * several threads; commits happen one at a time. Closing it closes the repository, not the feed.
 */
public final class BackupJob implements AutoCloseable {
    private final ChangeFeed feed;
    private final JobOptions options;
    private final JobListener listener;
    private final InstantSource clock;
    private final RepositoryHandle target;
    private final Committer committer;
    private final JobState state;
    private final JobSignals signals = new JobSignals();
    /** Held while a commit is under way. */
    private final ReentrantLock committing = new ReentrantLock();

    private boolean prepared;

    /** Made, nothing done yet; the repository is opened by the first commit that needs it. */
    public BackupJob(
            ChangeFeed feed, RepositoryOpener opener, JobOptions options, JobListener listener, InstantSource clock) {
        this(feed, opener, options, listener, clock, UnaryOperator.identity());
    }

    /** The same, with every reading of a file wrapped: for tests, whose files fail and change. */
    BackupJob(
            ChangeFeed feed,
            RepositoryOpener opener,
            JobOptions options,
            JobListener listener,
            InstantSource clock,
            UnaryOperator<FileSource> around) {
        this.feed = feed;
        this.options = options;
        this.clock = clock;
        this.state = new JobState(feed, clock);
        this.listener = event -> {
            state.heard(event);
            listener.on(event);
        };
        this.target = new RepositoryHandle(opener);
        this.committer = new Committer(feed, options, this.listener, clock, around);
    }

    /**
     * Commits everything that changed before this call: waits for gaps to heal, for the barrier, and for a commit that is
     * under way. Beside {@link #run()} it is what "save now" means.
     *
     * @throws dev.nightjar.repository.RepositoryException if the repository cannot be used
     * @throws QuestionException if a root vanished, was emptied or changed its filesystem (C17)
     */
    public CommitReport commitNow() throws IOException, InterruptedException {
        feed.awaitHealed();
        feed.barrier();
        return commit(true);
    }

    /**
     * The first backup, then commits at the job's cadence, until {@link #stop(boolean)}. Targets that are away are waited
     * for. Call it once, on a thread of its own, after the feed was started.
     *
     * @throws IOException for what will not mend itself: a wrong password, damage, a catalog that cannot be written
     */
    public void run() throws IOException, InterruptedException {
        signals.begin();
        feed.onChange(signals::changed);
        try {
            feed.awaitHealed();
            commitUntilDone();
            if (!signals.isStopping()) {
                listener.on(new JobEvent.Watching(roots()));
            }
            watch();
            drain();
        } catch (InterruptedException e) {
            if (!signals.isCancelled()) {
                throw e;
            }
        } finally {
            signals.end();
            state.stopped();
        }
    }

    private void watch() throws IOException, InterruptedException {
        while (!signals.isStopping()) {
            if (!feed.status().rootsSettled()) {
                commitUntilDone();
                continue;
            }
            state.look();
            Instant due = state.due(options.every());
            boolean wished = signals.takeSoon();
            if (!wished && isNow(due)) {
                state.recount();
                due = state.due(options.every());
            }
            if (wished || isNow(due)) {
                commitUntilDone();
                continue;
            }
            signals.await(due == null ? null : Duration.between(clock.instant(), due), true);
        }
    }

    private boolean isNow(@Nullable Instant due) {
        return due != null && !due.isAfter(clock.instant());
    }

    /** Tries until a commit is made, or the job shall stop. */
    private void commitUntilDone() throws IOException, InterruptedException {
        int failures = 0;
        while (true) {
            try {
                feed.awaitHealed();
                commit(false);
                state.back(listener);
                return;
            } catch (QuestionException e) {
                state.question(e, listener);
            } catch (IOException e) {
                boolean everSaved = committer.header().repository() != null;
                WaitingReason reason = WaitingCause.of(e, everSaved);
                if (reason == null) {
                    throw e;
                }
                state.waiting(reason, e, listener);
            }
            if (signals.isStopping()) {
                return;
            }
            failures++;
            signals.await(Cadence.retry(failures), state.isQuestion());
            signals.takeSoon();
        }
    }

    private void drain() throws IOException, InterruptedException {
        if (signals.isCancelled() || state.isWaiting()) {
            return;
        }
        feed.barrier();
        state.look();
        listener.on(new JobEvent.Stopping(state.changes()));
        if (state.changes() > 0) {
            commitUntilDone();
        }
    }

    private CommitReport commit(boolean asked) throws IOException, InterruptedException {
        committing.lockInterruptibly();
        try {
            if (!prepared) {
                committer.prepare();
                state.resumed(
                        LastCommit.of(feed),
                        ProblemReport.of(feed, clock.instant()).count());
                prepared = true;
            }
            state.saving();
            Committer.Outcome outcome = committer.commit(target, new Committer.Manner(asked, signals::isCancelled));
            state.saved(outcome);
            if (outcome.report() instanceof CommitReport.Committed committed) {
                listener.on(new JobEvent.Committed(committed));
            }
            return outcome.report();
        } finally {
            state.notSaving();
            committing.unlock();
        }
    }

    private List<BytePath> roots() throws IOException {
        return feed.status().roots().stream().map(FeedStatus.Root::path).toList();
    }

    /** Asks {@link #run()} to commit what is pending as soon as it can; returns at once. */
    public void commitSoon() {
        signals.soon();
    }

    /**
     * Ends {@link #run()}; returns at once.
     *
     * @param drain whether what is pending is committed first; a second call with false gives that up
     */
    public void stop(boolean drain) {
        signals.stop(drain);
    }

    /** Where the job is; reads little and never waits for a commit. */
    public JobStatus status() throws IOException {
        return state.status(options.every());
    }

    /** Stops without draining, waits until the commit under way is given up, closes the repository. */
    @Override
    public void close() {
        signals.stop(false);
        committing.lock();
        try {
            target.close();
        } finally {
            committing.unlock();
        }
    }
}
