package dev.nightjar.feed.capture;

import dev.nightjar.feed.watch.Event;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Events about directories that have no row yet, kept while listings are under way that may give them one. Bounded. */
final class Unresolved {
    private static final int MOST = 100_000;

    record Waiting(Event event, long origin, boolean healing) {}

    private final Deque<Waiting> all = new ArrayDeque<>();
    private boolean overflowed;

    /** Keeps an event; healing: a gap is being healed, which no barrier waits for. */
    void add(Event event, long origin, boolean healing) {
        if (all.size() >= MOST) {
            overflowed = true;
        } else {
            all.add(new Waiting(event, origin, healing));
        }
    }

    boolean isEmpty() {
        return all.isEmpty();
    }

    List<Waiting> takeAll() {
        List<Waiting> taken = new ArrayList<>(all);
        all.clear();
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
