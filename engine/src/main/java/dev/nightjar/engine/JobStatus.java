package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a job is, at one instant.
 *
 * @param state what it does now
 * @param lastSnapshot the last snapshot it wrote or knows of
 * @param safeUpTo everything that changed before this is in the repository; null before the first commit
 * @param pendingChanges rows of the catalog that no snapshot has yet
 * @param pendingBytes bytes of the files among them
 * @param pendingSince when the first of them was seen; null when nothing is pending
 * @param nextCommit when they will be saved; null when nothing is pending or the job waits
 * @param problems files that are not in the last snapshot as they are on disk
 * @param waiting why it waits; null unless the state is WAITING
 * @param message more about waiting or a question, in words
 * @param waitingSince since when it waits; null unless the state is WAITING or QUESTION
 * @param progress of a first backup; null otherwise
 */
public record JobStatus(
        State state,
        @Nullable Id lastSnapshot,
        @Nullable Instant safeUpTo,
        long pendingChanges,
        long pendingBytes,
        @Nullable Instant pendingSince,
        @Nullable Instant nextCommit,
        long problems,
        @Nullable WaitingReason waiting,
        @Nullable String message,
        @Nullable Instant waitingSince,
        JobEvent.@Nullable FirstBackupProgress progress) {

    /** What a job does. */
    public enum State {
        /** It has not begun, or its first scan goes on. */
        STARTING,
        /** The first backup goes on. */
        FIRST_BACKUP,
        /** It watches; what is pending is saved within the cadence. */
        WATCHING,
        /** A commit goes on. */
        SAVING,
        /** The target is away; changes are kept. */
        WAITING,
        /** A root vanished, was emptied or changed its filesystem; nothing is committed. */
        QUESTION,
        /** It has ended. */
        STOPPED
    }
}
