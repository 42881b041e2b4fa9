package dev.nightjar.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A directory that a commit is at work on: its lines are known, its tree is not written yet. */
final class Frame {
    private final long directory;
    private final SourceDirectory source;
    private final @Nullable List<Line> lines;
    private final Deque<Line> toVisit = new ArrayDeque<>();
    private final Map<Long, Line> settledByReading = new HashMap<>();
    private int readings;

    /**
     * A frame.
     *
     * @param lines null for a directory with too many to be held
     */
    Frame(Line line, @Nullable Frame parent, SourceRoot root, @Nullable List<Line> lines) {
        this.directory = line.entry().id();
        this.source = parent == null
                ? new SourceDirectory(root, null, null)
                : new SourceDirectory(root, parent.source, line.entry().name());
        this.lines = lines;
    }

    long directory() {
        return directory;
    }

    SourceDirectory source() {
        return source;
    }

    @Nullable
    List<Line> lines() {
        return lines;
    }

    /** The directories below it that have to be visited before it is written. */
    Deque<Line> toVisit() {
        return toVisit;
    }

    void beganReading() {
        readings++;
    }

    /** A line was settled by a reading; of a large directory those are kept that the ledger cannot tell. */
    void ended(Line line) {
        readings--;
        if (lines == null && (line.isLeftOut() || line.wasOther())) {
            settledByReading.put(line.entry().id(), line);
        }
    }

    boolean isBusy() {
        return readings > 0;
    }

    /** The line as a reading of this commit left it, if that is more than the ledger can tell. */
    Line best(Line fromLedger) {
        return settledByReading.getOrDefault(fromLedger.entry().id(), fromLedger);
    }

    /** How many lines it holds in memory. */
    int weight() {
        List<Line> held = lines;
        return 1 + (held == null ? settledByReading.size() : held.size());
    }
}
