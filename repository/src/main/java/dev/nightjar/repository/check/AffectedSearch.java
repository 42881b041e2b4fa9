package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.check.CheckListener.Stage;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Finds the files that need what is lost: walks the snapshots' trees again, with paths, and passes over trees in which
 * nothing was found the first time. For one thread.
 */
final class AffectedSearch {

    private record Child(BytePath path, Id tree) {}

    /** A tree on the way down, and the subtrees that are still to be looked at. */
    private static final class Frame {
        private final Id tree;
        private final Deque<Child> children = new ArrayDeque<>();
        private boolean affected;

        private Frame(Id tree) {
            this.tree = tree;
        }
    }

    private final Repository repository;
    private final Findings findings;
    private final IdSet clean = new IdSet();

    AffectedSearch(Repository repository, Findings findings) {
        this.repository = repository;
        this.findings = findings;
    }

    void search(List<Snapshot> snapshots) throws InterruptedException {
        long done = 0;
        for (Snapshot snapshot : snapshots) {
            search(snapshot);
            findings.progress(Stage.AFFECTED, ++done, snapshots.size());
        }
    }

    private void search(Snapshot snapshot) throws InterruptedException {
        Deque<Frame> way = new ArrayDeque<>();
        way.push(look(BytePath.root(), snapshot.tree(), snapshot.time()));
        while (!way.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("check");
            }
            Frame at = way.element();
            Child next = at.children.poll();
            if (next != null) {
                way.push(look(next.path(), next.tree(), snapshot.time()));
                continue;
            }
            way.pop();
            if (!at.affected) {
                clean.add(at.tree);
            } else if (!way.isEmpty()) {
                way.element().affected = true;
            }
        }
    }

    private Frame look(BytePath path, Id tree, Instant time) {
        Frame frame = new Frame(tree);
        if (clean.contains(tree)) {
            return frame;
        }
        if (findings.isLost(BlobType.TREE, tree)) {
            findings.affects(BlobType.TREE, tree, path, time);
            frame.affected = true;
            return frame;
        }
        List<Child> children = new ArrayList<>();
        try {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
            for (Node node; (node = reader.next()) != null; ) {
                Id subtree = node.subtree();
                if (subtree != null) {
                    children.add(new Child(path.resolve(node.name()), subtree));
                }
                List<Id> content = node.content();
                if (content != null) {
                    for (Id id : content) {
                        if (findings.isLost(BlobType.DATA, id)) {
                            findings.affects(BlobType.DATA, id, path.resolve(node.name()), time);
                            frame.affected = true;
                            break;
                        }
                    }
                }
            }
        } catch (RepositoryException _) {
            // Told when the trees were checked.
            frame.affected = true;
        }
        frame.children.addAll(children);
        return frame;
    }
}
