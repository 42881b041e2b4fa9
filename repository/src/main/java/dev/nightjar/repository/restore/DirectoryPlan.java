package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A directory of the destination while things are restored into it. */
final class DirectoryPlan {

    final @Nullable DirectoryPlan parent;
    final @Nullable Name name;
    /** Whose metadata it gets when all in it is done; null if it is to stay as it is. */
    final @Nullable Node node;
    /** Made by us just now: nothing can be in it that we did not put there. */
    final boolean fresh;
    /** What is made in it begins with an ACL of its own, which has to go. */
    final boolean handsDownAcl;
    /** What is still to be done in it; 1 for its own listing. */
    private final AtomicInteger pending = new AtomicInteger(1);

    private DirectoryPlan(
            @Nullable DirectoryPlan parent,
            @Nullable Name name,
            @Nullable Node node,
            boolean fresh,
            boolean handsDownAcl) {
        this.parent = parent;
        this.name = name;
        this.node = node;
        this.fresh = fresh;
        this.handsDownAcl = handsDownAcl;
    }

    static DirectoryPlan root(boolean handsDownAcl) {
        return new DirectoryPlan(null, null, null, false, handsDownAcl);
    }

    static DirectoryPlan fresh(DirectoryPlan parent, Node node) {
        return new DirectoryPlan(parent, node.name(), node, true, false);
    }

    static DirectoryPlan existing(DirectoryPlan parent, Node of, boolean setMetadata, boolean handsDownAcl) {
        return new DirectoryPlan(parent, of.name(), setMetadata ? of : null, false, handsDownAcl);
    }

    void enter() {
        pending.incrementAndGet();
    }

    /** Whether nothing is left to do in it. */
    boolean leave() {
        return pending.decrementAndGet() == 0;
    }

    /** Relative to the destination. Not kept: it would be long times deep in a deep tree. */
    BytePath path() {
        List<Name> names = new ArrayList<>();
        for (DirectoryPlan at = this; at.name != null && at.parent != null; at = at.parent) {
            names.add(at.name);
        }
        int length = 0;
        for (Name each : names) {
            length += each.length() + 1;
        }
        byte[] bytes = new byte[Math.max(0, length - 1)];
        int at = 0;
        for (int i = names.size() - 1; i >= 0; i--) {
            byte[] part = names.get(i).bytes();
            System.arraycopy(part, 0, bytes, at, part.length);
            at += part.length;
            if (i > 0) {
                bytes[at++] = '/';
            }
        }
        return BytePath.of(bytes);
    }

    BytePath path(Name child) {
        return path().resolve(child);
    }
}
