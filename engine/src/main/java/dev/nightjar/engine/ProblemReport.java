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
record ProblemReport(long count, List<FileProblem> first) {

    static ProblemReport of(ChangeFeed feed, Instant now) throws IOException {
        return feed.read(reader -> {
            List<FileProblem> problems = new ArrayList<>(LedgerReader.problems(reader));
            List<FeedStatus.Problem> unread = reader.problems();
            for (FeedStatus.Problem problem : unread) {
                problems.add(
                        new FileProblem(problem.path(), FileProblem.Kind.UNREADABLE, problem.message(), now, true));
            }
            return new ProblemReport(LedgerReader.problemCount(reader) + unread.size(), problems);
        });
    }
}
