package dev.nightjar.feed;

import dev.nightjar.feed.scan.Safeguard;
import java.util.EnumSet;
import java.util.Set;

/**
 * What only tests change.
 *
 * @param queue how many events a kernel's queue is taken to hold: what is queued beyond that is dropped by its reader
 * @param handOff how many batches of events wait between a reader and the capture thread
 */
record Internals(Set<Safeguard> safeguards, int workers, int queue, int handOff) {
    static final Internals STANDARD = new Internals(
            EnumSet.allOf(Safeguard.class),
            Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4),
            Integer.MAX_VALUE,
            32);

    static Internals without(Safeguard safeguard) {
        return new Internals(
                EnumSet.complementOf(EnumSet.of(safeguard)), STANDARD.workers(), STANDARD.queue(), STANDARD.handOff());
    }

    static Internals withQueues(int queue, int handOff) {
        return new Internals(STANDARD.safeguards(), STANDARD.workers(), queue, handOff);
    }
}
