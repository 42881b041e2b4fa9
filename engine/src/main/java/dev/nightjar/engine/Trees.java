package dev.nightjar.engine;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The roots as a commit built them.
 *
 * @param hash of their paths and nodes: equal when nothing of the backup differs
 * @param built how many trees were written
 * @param restNanos until the first file that was passed over may be read; 0 when none was
 * @param solved how many entries that have not changed since the last snapshot are whole in this one only
 */
record Trees(List<Root> roots, Id hash, NodeMaker nodes, Counters counters, long built, long restNanos, long solved) {

    /** A root and its node. */
    record Root(BytePath path, Node node) {}

    static Trees of(List<Root> roots, NodeMaker nodes, Counters counters, long built, long restNanos, long solved) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (Root root : roots) {
            all.writeBytes(root.path.bytes());
            all.write(0);
            TreeWriter alone = new TreeWriter();
            alone.add(root.node);
            ByteBuffer json = alone.finish();
            byte[] bytes = new byte[json.remaining()];
            json.get(bytes);
            all.writeBytes(bytes);
        }
        return new Trees(List.copyOf(roots), Id.sha256(all.toByteArray()), nodes, counters, built, restNanos, solved);
    }

    List<BytePath> paths() {
        List<BytePath> paths = new ArrayList<>();
        for (Root root : roots) {
            paths.add(root.path);
        }
        return paths;
    }

    /** Writes the trees above the roots; returns the snapshot's. */
    Id writeAncestors(Commit commit) throws IOException {
        AncestorTrees ancestors = new AncestorTrees(commit, nodes, counters);
        for (Root root : roots) {
            ancestors.add(root.path, root.node);
        }
        return ancestors.write();
    }
}
