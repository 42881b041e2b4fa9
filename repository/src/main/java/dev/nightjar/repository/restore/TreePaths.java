package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds paths in a snapshot's tree. Symlinks are not followed. */
public final class TreePaths {

    private TreePaths() {}

    /**
     * The node at a path below a tree, or null if nothing is there. A leading slash means nothing, as the root tree of a
     * snapshot stands for the root directory; so the paths "/" and "" have no node: their tree is {@code rootTree}.
     *
     * @throws RepositoryException if a tree on the way cannot be read
     */
    public static @Nullable Node find(Repository repository, Id rootTree, BytePath path) throws RepositoryException {
        Id tree = rootTree;
        Node found = null;
        for (Name name : path.normalize().names()) {
            if (tree == null) {
                return null;
            }
            found = child(repository, tree, name);
            if (found == null) {
                return null;
            }
            tree = found.type() == NodeType.DIRECTORY ? found.subtree() : null;
        }
        return found;
    }

    /** The tree of the directory at a path, or null if no directory is there; that of "/" and "" is {@code rootTree}. */
    public static @Nullable Id findTree(Repository repository, Id rootTree, BytePath path) throws RepositoryException {
        List<Name> names = path.normalize().names();
        if (names.isEmpty()) {
            return rootTree;
        }
        Node node = find(repository, rootTree, path);
        return node == null || node.type() != NodeType.DIRECTORY ? null : node.subtree();
    }

    private static @Nullable Node child(Repository repository, Id tree, Name name) throws RepositoryException {
        TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        Node found = null;
        for (Node node; (node = reader.next()) != null; ) {
            if (node.name().equals(name)) {
                found = node;
            }
        }
        return found;
    }
}
