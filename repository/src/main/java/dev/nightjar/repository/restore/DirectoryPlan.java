package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.tree.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A directory of the destination while things are restored into it. One on the way to what is wanted is made when the
 * first such thing is met. All but the count of what is pending is settled by the walking thread, before others see it.
 */
final class DirectoryPlan {

    /** Whether the directory is there. */
    enum State {
        TO_BE_MADE,
        THERE,
        /** It cannot be made, or something else stays in its place; that was told. */
        REFUSED
    }

    final @Nullable DirectoryPlan parent;
    /** What it is in the snapshot; null for the destination itself. */
    final @Nullable Node wanted;

    /** Its own; another than in the snapshot if it stands beside something that stays. */
    @Nullable
    Name name;

    State state;
    /** Whose metadata it gets when all in it is done; null if it is to stay as it is. */
    @Nullable
    Node node;
    /** Made by us just now: nothing can be in it that we did not put there. */
    boolean fresh;
    /** What is made in it begins with an ACL of its own, which has to go. */
    boolean handsDownAcl;
    /** What is still to be done in it; 1 for its own listing. */
    private final AtomicInteger pending = new AtomicInteger(1);

    private DirectoryPlan(@Nullable DirectoryPlan parent, @Nullable Node wanted, State state) {
        this.parent = parent;
        this.wanted = wanted;
        this.name = wanted == null ? null : wanted.name();
        this.state = state;
    }

    static DirectoryPlan root(boolean handsDownAcl) {
        DirectoryPlan plan = new DirectoryPlan(null, null, State.THERE);
        plan.handsDownAcl = handsDownAcl;
        return plan;
    }

    /** A directory that is not there yet, or of which that is not known. */
    static DirectoryPlan of(DirectoryPlan parent, Node wanted) {
        return new DirectoryPlan(parent, wanted, State.TO_BE_MADE);
    }

    /** It was made. */
    void made() {
        state = State.THERE;
        node = wanted;
        fresh = true;
    }

    /** It was there. */
    void found(boolean setMetadata, boolean handsDown) {
        state = State.THERE;
        node = setMetadata ? wanted : null;
        handsDownAcl = handsDown;
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
