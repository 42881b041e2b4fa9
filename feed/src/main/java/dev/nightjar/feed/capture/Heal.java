package dev.nightjar.feed.capture;

/** A gap on its way to be healed: by listings, and by looking at what they hinted. */
final class Heal {
    final long gap;
    long outstanding;
    long listed; // when the last listing ended; 0 while there are any

    Heal(long gap) {
        this.gap = gap;
    }
}
