package dev.nightjar.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Which problems people were told of, so that each is told once; the latest ten thousand. */
final class ToldProblems {
    private static final int MOST = 10_000;

    private final Map<Long, String> told = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.@Nullable Entry<Long, String> eldest) {
            return size() > MOST;
        }
    };

    /** Whether this is news; if so it is remembered. */
    boolean isNew(long entry, Problem problem) {
        String text = problem.kind() + " " + problem.reason();
        return !text.equals(told.put(entry, text));
    }
}
