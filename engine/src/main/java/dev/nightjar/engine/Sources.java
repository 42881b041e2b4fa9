package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots a commit reads from. Closed after the commit, whose threads may read until then. Used by one thread; what it
 * gives is used by several.
 */
final class Sources implements AutoCloseable {
    private final Counters counters;
    private final List<SourceRoot> roots = new ArrayList<>();

    Sources(Counters counters) {
        this.counters = counters;
    }

    /** The directory at this path, as a place to read from; opened when it is needed. */
    SourceRoot root(BytePath path) {
        SourceRoot root = new SourceRoot(path, counters);
        roots.add(root);
        return root;
    }

    /** What counts the system calls of all roots. */
    Counters counters() {
        return counters;
    }

    @Override
    public void close() {
        roots.forEach(SourceRoot::close);
        roots.clear();
    }
}
