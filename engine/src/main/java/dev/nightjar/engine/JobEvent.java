package dev.nightjar.engine;

import dev.nightjar.feed.Question;
import dev.nightjar.linux.BytePath;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a job tells its {@link JobListener}. */
public sealed interface JobEvent {

    /**
     * How far the first backup is; told at most four times a second.
     *
     * @param filesDone files that are stored
     * @param filesTotal files that the catalog has
     * @param bytesDone bytes of the files that are stored
     * @param bytesTotal bytes of all files
     * @param elapsed since this first backup began
     * @param current the file handed to the pipeline last
     */
    record FirstBackupProgress(
            long filesDone,
            long filesTotal,
            long bytesDone,
            long bytesTotal,
            Duration elapsed,
            @Nullable BytePath current)
            implements JobEvent {}

    /** A snapshot is durable, and so is what the job remembers of it. */
    record Committed(CommitReport.Committed report) implements JobEvent {}

    /** The first backup is done and events flow: what changes from now on is saved within the cadence. */
    record Watching(List<BytePath> roots) implements JobEvent {
        /** Copies. */
        public Watching {
            roots = List.copyOf(roots);
        }
    }

    /**
     * The target cannot be written to at the moment; changes are kept, and the job tries again by itself.
     *
     * @param reason why
     * @param message what happened, in words
     * @param since when it was first seen to be away
     * @param cause the error itself
     */
    record Waiting(WaitingReason reason, String message, Instant since, Throwable cause) implements JobEvent {}

    /** The target can be written to again. */
    record Back(Duration away) implements JobEvent {}

    /** A file could not be read; told once for each file and reason. It stays pending. */
    record ProblemFound(FileProblem problem) implements JobEvent {}

    /**
     * A root vanished, was emptied or changed its filesystem (C17). Nothing is committed until it is back or somebody
     * answers.
     *
     * @param question what is asked; null of a root that was never looked at
     */
    record QuestionOpen(
            BytePath root, String message, @Nullable Question question) implements JobEvent {}

    /** There is no question about this root any more: it is as it was, or somebody said that it is meant. */
    record QuestionClosed(BytePath root) implements JobEvent {}

    /**
     * The job was told to stop.
     *
     * @param changes how many changes are saved first; zero when none
     */
    record Stopping(long changes) implements JobEvent {}
}
