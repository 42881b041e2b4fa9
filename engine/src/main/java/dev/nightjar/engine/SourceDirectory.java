package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A directory whose files are being read: opened when the first is, closed when the last is done, so that no more
 * descriptors are open than the pipeline has work. Used by several threads.
 */
final class SourceDirectory {
    private final SourceRoot root;
    private final @Nullable SourceDirectory parent;
    private final @Nullable Name name;
    private int users;
    private @Nullable Directory directory;

    /** The root itself when parent and name are null. */
    SourceDirectory(SourceRoot root, @Nullable SourceDirectory parent, @Nullable Name name) {
        this.root = root;
        this.parent = parent;
        this.name = name;
    }

    /** Keeps it open, once it is, until {@link #release()}. */
    synchronized void retain() {
        users++;
    }

    synchronized Directory open() throws IOException {
        Directory open = directory;
        if (open == null) {
            open = root.open(relative());
            directory = open;
        }
        return open;
    }

    synchronized void release() {
        users--;
        Directory open = directory;
        if (users == 0 && open != null) {
            directory = null;
            root.close(open);
        }
    }

    /** The path below the root, made only when it is needed: there may be thousands of levels. */
    private BytePath relative() {
        Deque<byte[]> names = new ArrayDeque<>();
        SourceDirectory at = this;
        while (at != null) {
            if (at.name != null) {
                names.push(at.name.bytes());
            }
            at = at.parent;
        }
        ByteArrayOutputStream path = new ByteArrayOutputStream();
        for (byte[] bytes : names) {
            if (path.size() > 0) {
                path.write('/');
            }
            path.writeBytes(bytes);
        }
        return BytePath.of(path.toByteArray());
    }
}
