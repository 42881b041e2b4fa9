package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How a restore ended.
 *
 * @param files regular files that were restored, further names of one (hard links) included
 * @param directories directories that were made
 * @param others symlinks, pipes and devices that were restored
 * @param bytes content bytes that were written, holes not counted
 * @param unchanged entries that were there already as they are in the snapshot
 * @param kept entries in whose place something was, and stayed
 * @param skipped sockets, which are never restored
 * @param problems the first thousand problems
 * @param problemCounts all problems, by reason
 * @param keptPaths the first thousand of what was kept
 * @param stopped why the restore ended before all was done; null if it did not
 */
public record RestoreReport(
        long files,
        long directories,
        long others,
        long bytes,
        long unchanged,
        long kept,
        long skipped,
        List<Problem> problems,
        Map<Problem.Reason, Long> problemCounts,
        List<BytePath> keptPaths,
        @Nullable Stop stopped) {

    /** Why a restore stopped. */
    public enum Stop {
        /** The destination is full. Nothing half-written was left. */
        NO_SPACE,
        /** The thread was interrupted. Nothing half-written was left. */
        INTERRUPTED
    }

    public RestoreReport {
        problems = List.copyOf(problems);
        problemCounts = Map.copyOf(problemCounts);
        keptPaths = List.copyOf(keptPaths);
    }

    /** How many problems there were. */
    public long problemCount() {
        return problemCounts.values().stream().mapToLong(Long::longValue).sum();
    }
}
