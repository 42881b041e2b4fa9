package dev.nightjar.repository.check;

import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.IdSet;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.CheckListener.Stage;
import dev.nightjar.repository.check.Findings.Blob;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Walks the trees of all snapshots, each different tree once, and looks whether the index has every blob they name. */
final class TreeCheck {

    private final Repository repository;
    private final Set<Id> gone;
    private final Findings findings;
    private final IdSet seen = new IdSet();
    private final Deque<Id> open = new ArrayDeque<>();
    private int working;
    private long trees;
    private long files;

    /** @param gone packs that are not there, and that no index counts on */
    TreeCheck(Repository repository, Set<Id> gone, Findings findings) {
        this.repository = repository;
        this.gone = gone;
        this.findings = findings;
    }

    void check(int threads, List<Id> roots) throws InterruptedException {
        addAll(roots);
        Parallel.run(threads, this::step);
    }

    synchronized long trees() {
        return trees;
    }

    synchronized long files() {
        return files;
    }

    private synchronized void addAll(List<Id> ids) {
        for (Id id : ids) {
            if (seen.add(id)) {
                open.push(id);
            }
        }
        notifyAll();
    }

    private boolean step() {
        Id next = take();
        if (next == null) {
            return false;
        }
        try {
            check(next);
        } finally {
            done();
        }
        return true;
    }

    /** The next tree, or null when all are done. The stack is as deep as the trees are, times their subdirectories. */
    private synchronized @Nullable Id take() {
        while (open.isEmpty() && working > 0) {
            try {
                wait();
            } catch (InterruptedException _) {
                return null;
            }
        }
        working += open.isEmpty() ? 0 : 1;
        return open.poll();
    }

    private synchronized void done() {
        working--;
        trees++;
        if (trees % 256 == 0 || working == 0) {
            findings.progress(Stage.TREES, trees, 0);
        }
        notifyAll();
    }

    private void check(Id tree) {
        List<Id> subtrees = new ArrayList<>();
        long filesHere = 0;
        try {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
            Name last = null;
            for (Node node; (node = reader.next()) != null; ) {
                if (last != null && node.name().compareTo(last) <= 0) {
                    bad(tree, node, "comes after \"" + last + "\"");
                }
                last = node.name();
                check(tree, node, subtrees);
                filesHere += node.type() == NodeType.FILE ? 1 : 0;
            }
            for (String name : reader.refused()) {
                findings.odd(tree, null, "has an entry called \"" + name + "\"");
            }
        } catch (RepositoryException e) {
            findings.error(
                    Kind.TREE, "tree", tree, String.valueOf(e.getMessage()), List.of(new Blob(BlobType.TREE, tree)));
        }
        addAll(subtrees);
        synchronized (this) {
            files += filesHere;
        }
    }

    private void check(Id tree, Node node, List<Id> subtrees) {
        Id subtree = node.subtree();
        if (node.type() == NodeType.DIRECTORY) {
            if (subtree == null) {
                bad(tree, node, "is a directory without a tree");
            } else {
                subtrees.add(subtree);
            }
        }
        List<Id> content = node.content();
        if (node.type() == NodeType.FILE) {
            if (content == null) {
                bad(tree, node, "is a file without a list of blobs");
            } else {
                checkContent(tree, node, content);
            }
        }
    }

    private void checkContent(Id tree, Node node, List<Id> content) {
        long size = 0;
        boolean whole = true;
        for (Id id : content) {
            PackLocation location = repository.locate(BlobType.DATA, id);
            if (location == null) {
                findings.missing(BlobType.DATA, id, "no index names it");
                whole = false;
            } else if (gone.contains(location.pack())) {
                findings.missing(BlobType.DATA, id, "its pack was marked for deletion, and is gone");
                whole = false;
            } else {
                size += location.size();
            }
        }
        if (whole && size != node.size()) {
            findings.hint("tree " + tree.shortHex() + ": \"" + node.name() + "\" is said to have " + node.size()
                    + " bytes, and its data has " + size);
        }
    }

    private void bad(Id tree, Node node, String what) {
        findings.odd(tree, node.name(), "\"" + node.name() + "\" " + what);
    }
}
