package dev.nightjar.engine;

import dev.nightjar.feed.Entry;
import java.io.IOException;

/** Hears of files that are not in the snapshot as they are on disk. */
@FunctionalInterface
interface ProblemTeller {
    /** A file has a problem that people are told of; called again in each commit. */
    void tell(Entry entry, Problem problem, boolean olderKept) throws IOException;
}
