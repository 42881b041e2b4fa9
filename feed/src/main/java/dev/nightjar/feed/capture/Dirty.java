package dev.nightjar.feed.capture;

import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/** A dirty name: many hints collapsed into one. Times are of {@link System#nanoTime}. */
final class Dirty implements Comparable<Dirty> {
    final Key key;
    int bits;
    long origin;
    long last;
    long notBefore;
    int attempts;

    @Nullable
    Key partner; // the other name of a rename: looked at together

    long queuedFor;

    Dirty(Key key, long origin, long now) {
        this.key = key;
        this.origin = origin;
        this.last = now;
        this.notBefore = now;
    }

    long directory() {
        return key.directory();
    }

    @Nullable
    Name name() {
        return key.name();
    }

    @Override
    public int compareTo(Dirty other) {
        return Long.compare(queuedFor, other.queuedFor);
    }
}
