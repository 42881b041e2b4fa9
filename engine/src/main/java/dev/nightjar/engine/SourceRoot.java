package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A root while a commit reads from it; opened when it is needed first. Nothing is held open between commits (C16). Used
 * by several threads; closed when no thread of the commit reads any more.
 */
final class SourceRoot implements AutoCloseable {
    private final BytePath path;
    private final Counters counters;
    private final Set<Directory> open = new HashSet<>();
    private @Nullable Directory root;

    SourceRoot(BytePath path, Counters counters) {
        this.path = path;
        this.counters = counters;
    }

    /** Opens a directory below the root, following no symbolic link; the empty path is the root itself. */
    Directory open(BytePath relative) throws IOException {
        Directory directory = root().openBeneath(relative);
        synchronized (this) {
            open.add(directory);
        }
        return directory;
    }

    /** Lets go of a directory that {@link #open} gave. */
    synchronized void close(Directory directory) {
        open.remove(directory);
        directory.close();
    }

    private synchronized Directory root() throws IOException {
        Directory known = root;
        if (known == null) {
            known = Directory.open(path, counters);
            root = known;
        }
        return known;
    }

    @Override
    public synchronized void close() {
        for (Directory directory : open) {
            directory.close();
        }
        open.clear();
        Directory known = root;
        root = null;
        if (known != null) {
            known.close();
        }
    }
}
