package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files are being read: opened when the first is, closed when the last is done, so that no more
 * descriptors are open than the pipeline has work. Used by several threads.
 */
final class SourceDirectory {
    private final SourceRoot root;
    private final BytePath relative;
    private int users;
    private @Nullable Directory directory;

    /** The directory at this path below the root; empty for the root itself. */
    SourceDirectory(SourceRoot root, BytePath relative) {
        this.root = root;
        this.relative = relative;
    }

    /** Keeps it open, once it is, until {@link #release()}. */
    synchronized void retain() {
        users++;
    }

    synchronized Directory open() throws IOException {
        Directory open = directory;
        if (open == null) {
            open = root.openBeneath(relative);
            directory = open;
        }
        return open;
    }

    synchronized void release() throws IOException {
        users--;
        Directory open = directory;
        if (users == 0 && open != null) {
            directory = null;
            open.close();
        }
    }
}
