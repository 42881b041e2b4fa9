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

    record Waiting(
            Event event,
            long origin,
            boolean healing,
            @Nullable Key from) {}

    private final Deque<Waiting> all = new ArrayDeque<>();
    private final Set<Key> departing = new HashSet<>();
    private boolean overflowed;

    /** Keeps an event; from: the name with a row that was moved; healing: a gap is being healed, which no barrier waits for. */
    void add(Event event, long origin, boolean healing, @Nullable Key from) {
        if (all.size() >= MOST) {
            overflowed = true;
        } else {
            all.add(new Waiting(event, origin, healing, from));
            if (from != null) {
                departing.add(from);
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
