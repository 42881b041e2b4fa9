package dev.nightjar.feed.capture;

import dev.nightjar.feed.Timing;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * Names to be looked at, each once, however often it was hinted. A name settles when it has been quiet, or when the ceiling
 * since its first hint is reached.
 */
final class DirtySet {
    /** No time is before this. */
    static final long NEVER = Long.MIN_VALUE;

    private final long quiet;
    private final long ceiling;
    private final Map<Key, Dirty> all = new HashMap<>();
    private final PriorityQueue<Dirty> queue = new PriorityQueue<>();

    DirtySet(Timing timing) {
        this.quiet = timing.quiet().toNanos();
        this.ceiling = timing.ceiling().toNanos();
    }

    int size() {
        return all.size();
    }

    long quietNanos() {
        return quiet;
    }

    Dirty hint(Key key, int bits, long now, long origin) {
        Dirty dirty = all.get(key);
        if (dirty == null) {
            dirty = new Dirty(key, origin, now);
            all.put(key, dirty);
            enqueue(dirty);
        } else {
            dirty.last = now;
            dirty.origin = Math.min(dirty.origin, origin);
        }
        dirty.bits |= bits;
        return dirty;
    }

    /** The bits hinted so far of a name that is still to be looked at. */
    int bits(Key key) {
        Dirty dirty = all.get(key);
        return dirty == null ? 0 : dirty.bits;
    }

    /** Puts back what was taken, to be looked at again, not before a time. */
    void again(Dirty taken, long notBefore) {
        Dirty since = all.get(taken.key);
        if (since != null) {
            since.bits |= taken.bits;
            since.origin = Math.min(since.origin, taken.origin);
            since.attempts = Math.max(since.attempts, taken.attempts + 1);
            since.notBefore = Math.max(since.notBefore, notBefore);
            return;
        }
        taken.attempts++;
        taken.notBefore = notBefore;
        all.put(taken.key, taken);
        enqueue(taken);
    }

    private void enqueue(Dirty dirty) {
        dirty.queuedFor = due(dirty);
        queue.add(dirty);
    }

    private long due(Dirty dirty) {
        return Math.max(dirty.notBefore, Math.min(dirty.last + quiet, dirty.origin + ceiling));
    }

    /**
     * Takes what has settled, and whatever was first hinted not after {@code urgent}; the other name of a rename comes along.
     */
    List<Dirty> take(long now, long urgent, boolean full, int limit) {
        List<Dirty> taken = new ArrayList<>();
        if (urgent != NEVER || full) {
            for (Dirty dirty : List.copyOf(all.values())) {
                if (taken.size() < limit && (full || dirty.origin <= urgent) && dirty.notBefore <= now) {
                    take(dirty, taken);
                }
            }
        }
        while (taken.size() < limit) {
            Dirty head = queue.peek();
            if (head == null || head.queuedFor > now) {
                break;
            }
            queue.remove();
            if (all.get(head.key) != head) {
                continue; // taken already
            }
            long due = due(head);
            if (due > now) {
                head.queuedFor = due;
                queue.add(head);
            } else {
                take(head, taken);
            }
        }
        return taken;
    }

    private void take(Dirty dirty, List<Dirty> taken) {
        if (!all.remove(dirty.key, dirty)) {
            return;
        }
        taken.add(dirty);
        Dirty partner = dirty.partner == null ? null : all.get(dirty.partner);
        if (partner != null) {
            take(partner, taken);
        }
    }

    /** When something may settle next, or null if nothing is dirty. */
    @Nullable
    Long next() {
        Dirty head = queue.peek();
        while (head != null && all.get(head.key) != head) {
            queue.remove();
            head = queue.peek();
        }
        return head == null ? null : head.queuedFor;
    }

    /** Whether something is dirty since a hint not after a time. */
    boolean hasSince(long origin) {
        for (Dirty dirty : all.values()) {
            if (dirty.origin <= origin) {
                return true;
            }
        }
        return false;
    }

    /** The earliest time before which something dirty since then must not be looked at, or null. */
    @Nullable
    Long nextUrgent(long origin) {
        Long next = null;
        for (Dirty dirty : all.values()) {
            if (dirty.origin <= origin && (next == null || dirty.notBefore < next)) {
                next = dirty.notBefore;
            }
        }
        return next;
    }
}
