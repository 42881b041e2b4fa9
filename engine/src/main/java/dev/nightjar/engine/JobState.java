package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a job knows of itself. Safe for use by several threads; its listener is called without a lock held. */
final class JobState {
    private final InstantSource clock;
    private final PendingChanges pending;
    private boolean saving;
    private boolean stopped;
    private boolean savedOnce;
    private long problems;
    private @Nullable Id snapshot;
    private @Nullable Instant safeUpTo;
    private @Nullable Instant retryAt;
    private @Nullable WaitingReason waiting;
    private @Nullable BytePath question;
    private @Nullable String message;
    private @Nullable Instant since;
    private JobEvent.@Nullable FirstBackupProgress progress;

    JobState(ChangeFeed feed, InstantSource clock) {
        this.clock = clock;
        this.pending = new PendingChanges(feed, clock);
    }

    /** Looks at what the catalog has that is new. */
    synchronized void look() throws IOException {
        pending.look();
    }

    /** Counts what is pending, each row once. */
    synchronized void recount() throws IOException {
        pending.recount();
    }

    synchronized long changes() {
        return pending.changes();
    }

    /** When the next commit is due; null if nothing is pending. */
    synchronized @Nullable Instant due(Duration every) {
        Instant first = pending.since();
        Instant due = first == null ? null : Cadence.due(every, first, pending.bytes());
        Instant retry = retryAt;
        if (due == null || retry == null) {
            return due == null ? retry : due;
        }
        return due.isBefore(retry) ? due : retry;
    }

    synchronized void heard(JobEvent event) {
        if (event instanceof JobEvent.FirstBackupProgress now) {
            progress = now;
        }
    }

    /** What an earlier process had saved; null if nothing. */
    synchronized void resumed(@Nullable LastCommit last, long unsaved) {
        problems = unsaved;
        if (last != null) {
            snapshot = last.snapshot();
            safeUpTo = last.safeUpTo();
        }
    }

    synchronized void saving() {
        saving = true;
    }

    synchronized void notSaving() {
        saving = false;
        progress = null;
    }

    synchronized void saved(Committer.Outcome outcome) throws IOException {
        savedOnce = true;
        safeUpTo = outcome.time();
        problems = outcome.report().problemCount();
        snapshot = switch (outcome.report()) {
            case CommitReport.Committed committed -> committed.snapshot();
            case CommitReport.NothingToDo nothing -> nothing.snapshot();
        };
        retryAt = outcome.restNanos() == 0 ? null : clock.instant().plusNanos(outcome.restNanos());
        pending.saved(outcome.sequence());
    }

    /** The target cannot be written to. */
    void waiting(WaitingReason reason, IOException cause, JobListener listener) {
        closeQuestion(listener);
        Instant from;
        synchronized (this) {
            boolean same = reason == waiting;
            from = waiting == null || since == null ? clock.instant() : since;
            waiting = reason;
            since = from;
            message = cause.getMessage();
            if (same) {
                return;
            }
        }
        listener.on(new JobEvent.Waiting(reason, String.valueOf(cause.getMessage()), from, cause));
    }

    /** A root is not as it was. */
    void question(QuestionException asked, JobListener listener) {
        synchronized (this) {
            boolean same =
                    Objects.equals(question, asked.root()) && asked.what().equals(message);
            if (question == null) {
                since = clock.instant();
            }
            question = asked.root();
            message = asked.what();
            if (same) {
                return;
            }
        }
        listener.on(new JobEvent.QuestionOpen(asked.root(), asked.what(), asked.question()));
    }

    /** A commit was made: whatever the job waited for is over. */
    void back(JobListener listener) {
        closeQuestion(listener);
        Duration away;
        synchronized (this) {
            if (waiting == null || since == null) {
                return;
            }
            away = Duration.between(since, clock.instant());
            waiting = null;
            message = null;
            since = null;
        }
        listener.on(new JobEvent.Back(away));
    }

    private void closeQuestion(JobListener listener) {
        BytePath closed;
        synchronized (this) {
            closed = question;
            if (closed == null) {
                return;
            }
            question = null;
            message = null;
            since = null;
        }
        listener.on(new JobEvent.QuestionClosed(closed));
    }

    synchronized boolean isQuestion() {
        return question != null;
    }

    synchronized boolean isWaiting() {
        return waiting != null || question != null;
    }

    synchronized void stopped() {
        stopped = true;
    }

    synchronized JobStatus status(Duration every) throws IOException {
        pending.look();
        Instant due = due(every);
        return new JobStatus(
                state(),
                snapshot,
                safeUpTo,
                pending.changes(),
                pending.bytes(),
                pending.since(),
                waiting != null || question != null ? null : due,
                problems,
                waiting,
                message,
                since,
                progress);
    }

    private JobStatus.State state() {
        if (stopped) {
            return JobStatus.State.STOPPED;
        }
        if (question != null) {
            return JobStatus.State.QUESTION;
        }
        if (waiting != null) {
            return JobStatus.State.WAITING;
        }
        if (progress != null) {
            return JobStatus.State.FIRST_BACKUP;
        }
        if (saving) {
            return JobStatus.State.SAVING;
        }
        return savedOnce ? JobStatus.State.WATCHING : JobStatus.State.STARTING;
    }
}
