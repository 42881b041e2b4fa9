package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What is not in the last snapshot as it is on disk: files that could not be read, and directories that could not be
 * listed.
 *
 * @param count how many
 * @param first the first of them
 */
public record ProblemReport(long count, List<FileProblem> first) {

    /** Copies. */
    public ProblemReport {
        first = List.copyOf(first);
    }

    /** Reads it out of a job's catalog, also when the job does not run. Any thread. */
    public static ProblemReport of(ChangeFeed feed, Instant now) throws IOException {
        return feed.read(reader -> {
            boolean ledger = LedgerTables.exist(reader.connection());
            List<FileProblem> problems = new ArrayList<>(ledger ? LedgerReader.problems(reader) : List.of());
            List<FeedStatus.Problem> unread = reader.problems();
            for (FeedStatus.Problem problem : unread) {
                problems.add(
                        new FileProblem(problem.path(), FileProblem.Kind.UNREADABLE, problem.message(), now, true));
            }
            return new ProblemReport((ledger ? LedgerReader.problemCount(reader) : 0) + unread.size(), problems);
        });
    }
}
