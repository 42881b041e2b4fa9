package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A root while a commit reads from it; opened when it is needed first. Nothing is held open between commits (C16). Used
 * by several threads.
 */
final class SourceRoot implements AutoCloseable {
    private final BytePath path;
    private final Counters counters;
    private @Nullable Directory directory;

    SourceRoot(BytePath path, Counters counters) {
        this.path = path;
        this.counters = counters;
    }

    /** Opens a directory below the root, following no symbolic link; the caller closes it. */
    Directory openBeneath(BytePath relative) throws IOException {
        Directory root = root();
        return relative.isEmpty() ? root.duplicate() : root.openBeneath(relative);
    }

    private synchronized Directory root() throws IOException {
        Directory open = directory;
        if (open == null) {
            open = Directory.open(path, counters);
            directory = open;
        }
        return open;
    }

    @Override
    public synchronized void close() throws IOException {
        Directory open = directory;
        directory = null;
        if (open != null) {
            open.close();
        }
    }
}
