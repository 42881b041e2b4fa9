package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeWriter;
import java.io.IOException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The trees above the roots, up to {@code /}, as restic lays them out. The directories above a root are not watched; they
 * are looked at in each commit, by themselves: nothing is listed.
 */
final class AncestorTrees {
    /** A directory above a root, or a root. */
    private static final class Branch {
        private final TreeMap<Name, Branch> branches = new TreeMap<>();
        private @Nullable Node root;
    }

    private final Branch top = new Branch();
    private final Commit commit;
    private final NodeMaker nodes;
    private final Counters counters;

    AncestorTrees(Commit commit, NodeMaker nodes, Counters counters) {
        this.commit = commit;
        this.nodes = nodes;
        this.counters = counters;
    }

    /** Puts a root where it belongs. */
    void add(BytePath path, Node node) {
        Branch at = top;
        for (Name name : path.names()) {
            at = at.branches.computeIfAbsent(name, absent -> new Branch());
        }
        at.root = node;
    }

    /** Writes the trees; returns that of {@code /}, which is the snapshot's. */
    Id write() throws IOException {
        Node whole = top.root;
        if (whole != null && whole.subtree() != null) {
            return whole.subtree();
        }
        return write(top, BytePath.root());
    }

    private Id write(Branch branch, BytePath path) throws IOException {
        TreeWriter tree = new TreeWriter();
        for (var entry : branch.branches.entrySet()) {
            Name name = entry.getKey();
            Branch below = entry.getValue();
            Node root = below.root;
            if (root != null) {
                tree.add(root);
            } else {
                Id subtree = write(below, path.resolve(name));
                tree.add(look(path, name, subtree));
            }
        }
        return commit.storeTree(tree.finish());
    }

    private Node look(BytePath parent, Name name, Id subtree) throws IOException {
        try (Directory directory = Directory.open(parent, counters)) {
            Stat stat = directory.stat(name);
            List<Xattr> xattrs = xattrs(directory, name);
            return Node.of(name, stat, nodes.user(stat.uid()), nodes.group(stat.gid()), null, xattrs, null, subtree);
        }
    }

    /** What cannot be read of a directory that is not part of the backup is no reason to have none. */
    private static List<Xattr> xattrs(Directory directory, Name name) {
        try {
            return directory.xattrs(name);
        } catch (LinuxException e) {
            return List.of();
        }
    }
}
