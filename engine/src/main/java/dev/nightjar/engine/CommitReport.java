package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a commit did. */
public sealed interface CommitReport {

    /** The files that are not in the latest snapshot as they are on disk; at most the first thousand. */
    List<FileProblem> problems();

    /** How many such files there are. */
    long problemCount();

    /** What it took. */
    Work work();

    /**
     * Nothing is different from the last snapshot, so none was written.
     *
     * @param snapshot the last snapshot; null if there never was one
     */
    record NothingToDo(@Nullable Id snapshot, Work work, long problemCount, List<FileProblem> problems)
            implements CommitReport {
        /** Copies. */
        public NothingToDo {
            problems = List.copyOf(problems);
        }
    }

    /**
     * A snapshot was written and is durable.
     *
     * @param snapshot its id
     * @param parent the snapshot before it, if it is still there
     * @param first whether this is the first snapshot of the job in this repository
     * @param changes how many names were created, modified, moved or deleted since the snapshot before; a directory in
     *     which only other names changed is none, one that was moved or deleted with all it has is one
     * @param files how many files the snapshot has; known for first backups, else -1
     * @param bytes how many bytes these have; known for first backups, else -1
     */
    record Committed(
            Id snapshot,
            @Nullable Id parent,
            boolean first,
            long changes,
            long files,
            long bytes,
            Work work,
            long problemCount,
            List<FileProblem> problems)
            implements CommitReport {
        /** Copies. */
        public Committed {
            problems = List.copyOf(problems);
        }
    }

    /**
     * What a commit took, counted where the system calls are made.
     *
     * @param directoriesListed directories listed since the commit before
     * @param filesRead files opened and read
     * @param bytesRead bytes read from files
     * @param bytesWritten bytes written to the repository
     * @param treesBuilt directories whose tree was built anew
     * @param newDataBlobs data blobs the repository did not have
     * @param newTreeBlobs tree blobs the repository did not have
     * @param time how long it took
     */
    record Work(
            long directoriesListed,
            long filesRead,
            long bytesRead,
            long bytesWritten,
            long treesBuilt,
            long newDataBlobs,
            long newTreeBlobs,
            Duration time) {}
}
