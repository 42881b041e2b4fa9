package dev.nightjar.repository.look;

import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import org.jspecify.annotations.Nullable;

/** The nodes of a tree in the order of their names, one at a time. */
final class SortedNodes {
    private final @Nullable TreeReader reader;
    private @Nullable Node head;

    /** Of this tree; of none, there are no nodes. */
    SortedNodes(Repository repository, @Nullable Id tree) throws RepositoryException {
        this.reader = tree == null ? null : new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        advance();
    }

    /** The node that comes next, or null after the last. */
    @Nullable
    Node head() {
        return head;
    }

    private void advance() throws CorruptException {
        if (reader == null) {
            return;
        }
        Node last = head;
        Node next = reader.next();
        if (last != null && next != null && next.name().compareTo(last.name()) <= 0) {
            throw new CorruptException("a tree is not what restic writes", "its names are not in order");
        }
        head = next;
    }

    /** Takes the head if it has this name, else null. */
    @Nullable
    Node take(Name name) throws CorruptException {
        Node taken = head;
        if (taken == null || !taken.name().equals(name)) {
            return null;
        }
        advance();
        return taken;
    }
}
