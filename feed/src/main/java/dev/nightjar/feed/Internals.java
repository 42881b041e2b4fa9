package dev.nightjar.feed;

import dev.nightjar.feed.scan.Safeguard;
import java.util.EnumSet;
import java.util.Set;

/** What only tests change. */
record Internals(Set<Safeguard> safeguards, int workers) {
    static final Internals STANDARD = new Internals(
            EnumSet.allOf(Safeguard.class), Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4));

    static Internals without(Safeguard safeguard) {
        return new Internals(EnumSet.complementOf(EnumSet.of(safeguard)), STANDARD.workers());
    }
}
