package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a feed is.
 *
 * @param roots and what became of them
 * @param watching by filesystem, in words for people
 * @param entries rows in the catalog
 * @param pending names hinted and not yet looked at
 * @param sequence the highest committed
 * @param gaps which are open
 * @param problems what could not be read
 * @param leftOut filesystems mounted below a root that are not part of it
 * @param warnings limits met, things events cannot see
 * @param scanning whether a scan is going on
 */
public record FeedStatus(
        List<Root> roots,
        List<Watching> watching,
        long entries,
        long pending,
        long sequence,
        List<Gap> gaps,
        List<Problem> problems,
        List<BytePath> leftOut,
        List<String> warnings,
        boolean scanning,
        FeedCounters counters) {
    /** A root, its state, and what is asked about it; null if nothing is. */
    public record Root(
            BytePath path, RootState state, @Nullable Question question) {
        /** Whether a commit may go on. */
        public boolean settled() {
            return state == RootState.PRESENT;
        }
    }

    /** How one filesystem is watched. */
    public record Watching(String filesystem, WatcherChoice watcher, long watches) {}

    /** Something that could not be read: its rows are kept as they were. */
    public record Problem(long entry, BytePath path, String message) {}

    /** Copies the lists. */
    public FeedStatus {
        roots = List.copyOf(roots);
        watching = List.copyOf(watching);
        gaps = List.copyOf(gaps);
        problems = List.copyOf(problems);
        leftOut = List.copyOf(leftOut);
        warnings = List.copyOf(warnings);
    }

    /** Whether every root is there as we know it, so that a commit may go on (C17). */
    public boolean rootsSettled() {
        return roots.stream().allMatch(Root::settled);
    }
}
