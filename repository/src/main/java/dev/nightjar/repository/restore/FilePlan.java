package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.repository.tree.Node;
import org.jspecify.annotations.Nullable;

/** A regular file being restored. The fields that change are guarded by the plan itself. */
final class FilePlan {

    final DirectoryPlan directory;
    final Node node;
    final boolean replace;
    final @Nullable SharedFile shared;

    /** Its content's length: the sum of its blobs. */
    long length;
    /** Blobs still to be written. */
    int remaining;
    /** Its temporary name, once it was made under that. */
    @Nullable
    Name temporary;

    @Nullable
    OpenFile file;

    boolean failed;
    boolean hasHoles;

    FilePlan(DirectoryPlan directory, Node node, boolean replace, @Nullable SharedFile shared) {
        this.directory = directory;
        this.node = node;
        this.replace = replace;
        this.shared = shared;
    }
}
