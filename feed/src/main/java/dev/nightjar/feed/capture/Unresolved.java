package dev.nightjar.feed.capture;

import dev.nightjar.feed.watch.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Events about directories that have no row yet, kept while listings are under way that may give them one. Bounded. */
final class Unresolved {
    private static final int MOST = 100_000;

    /**
     * An event that is kept.
     *
     * @param healing whether a gap is being healed, which no barrier waits for
     * @param from the name that was left, if its directory has a row
     * @param arrived whether the directory of the new name of a rename has a row
     */
    record Waiting(
            Event event,
            long origin,
            boolean healing,
            @Nullable Key from,
            boolean arrived) {}

    private final Deque<Waiting> all = new ArrayDeque<>();
    private final Set<Key> departing = new HashSet<>();
    private boolean overflowed;

    /** Keeps an event. */
    void add(Waiting waiting) {
        if (all.size() >= MOST) {
            overflowed = true;
        } else {
            all.add(waiting);
            if (waiting.from() != null) {
                departing.add(waiting.from());
            }
        }
    }

    /** Whether a name was moved to a directory that is waited for. */
    boolean isDeparting(Key name) {
        return departing.contains(name);
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Waiting> takeAll() {
        List<Waiting> taken = new ArrayList<>(all);
        all.clear();
        departing.clear();
        return taken;
    }

    /** Whether some were dropped since the last time this was asked. */
    boolean takeOverflowed() {
        boolean was = overflowed;
        overflowed = false;
        return was;
    }

    boolean hasSince(long origin) {
        for (Waiting waiting : all) {
            if (!waiting.healing() && waiting.origin() <= origin) {
                return true;
            }
        }
        return false;
    }
}
