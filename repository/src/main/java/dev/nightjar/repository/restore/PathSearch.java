package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks one path up in one snapshot after the other. A tree that was met in the last one is not read again, so that
 * snapshots without a change on the way to the path cost nothing. For one thread.
 */
public final class PathSearch {
    private final Repository repository;
    private final List<Name> names;
    private final @Nullable Id[] trees;
    private final @Nullable Node[] nodes;

    /** A search for this path; a leading slash means nothing. */
    public PathSearch(Repository repository, BytePath path) {
        this.repository = repository;
        this.names = path.normalize().names();
        this.trees = new Id[names.size()];
        this.nodes = new Node[names.size()];
    }

    /**
     * The node at the path below a tree, or null if nothing is there (or the path has no name).
     *
     * @throws RepositoryException if a tree on the way cannot be read
     */
    public @Nullable Node find(Id rootTree) throws RepositoryException {
        Id tree = rootTree;
        Node found = null;
        for (int i = 0; i < trees.length; i++) {
            if (!tree.equals(trees[i])) {
                nodes[i] = TreePaths.find(
                        repository, tree, BytePath.of(names.get(i).bytes()));
                trees[i] = tree;
            }
            found = nodes[i];
            Id next = found == null || found.type() != NodeType.DIRECTORY ? null : found.subtree();
            if (next == null) {
                return i == trees.length - 1 ? found : null;
            }
            tree = next;
        }
        return found;
    }
}
