package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import java.time.Instant;

/**
 * A file that is not in the snapshot as it is on disk. It stays pending: each commit tries again.
 *
 * @param path the file
 * @param kind what is wrong
 * @param reason in words, with the system call and the error
 * @param since when it was first found
 * @param olderKept whether the snapshot has the content of an earlier commit in its place
 */
public record FileProblem(BytePath path, Kind kind, String reason, Instant since, boolean olderKept) {

    /** What is wrong with a file. */
    public enum Kind {
        /** It could not be opened or read. */
        UNREADABLE,
        /** It changed each time while it was read; what was read last is stored. */
        UNSTABLE
    }
}
