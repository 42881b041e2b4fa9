package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;
import dev.nightjar.repository.tree.Node;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * A file with several names: the first one met is restored, the others become links to it. Thread-safe.
 */
final class SharedFile {

    /** Another name, waiting for the first. */
    record Waiting(DirectoryPlan directory, Node node, boolean replace) {}

    /** How far the first name is. */
    enum State {
        UNDER_WAY,
        THERE,
        FAILED
    }

    final DirectoryPlan directory;
    final Name name;
    private final Node node;
    private final List<Waiting> waiting = new ArrayList<>();
    private State state = State.UNDER_WAY;
    private long namesToCome;

    SharedFile(DirectoryPlan directory, Node node) {
        this.directory = directory;
        this.name = node.name();
        this.node = node;
        this.namesToCome = node.links() - 1;
    }

    /** An inode's number that was used again for another file while the backup ran makes no link. */
    boolean isSameAs(Node other) {
        return node.type() == other.type()
                && Objects.equals(node.content(), other.content())
                && Arrays.equals(node.linkTarget(), other.linkTarget())
                && node.device() == other.device();
    }

    /** Counts one more of its names; whether that was the last. */
    boolean wasLast() {
        return --namesToCome <= 0;
    }

    /** The state, and if it is still under way, the name waits for {@link #settle}. */
    synchronized State stateOrWait(Waiting other) {
        if (state == State.UNDER_WAY) {
            waiting.add(other);
        }
        return state;
    }

    /** Says how it went, and returns who waited for that. */
    synchronized List<Waiting> settle(State now) {
        state = now;
        List<Waiting> told = List.copyOf(waiting);
        waiting.clear();
        return told;
    }
}
