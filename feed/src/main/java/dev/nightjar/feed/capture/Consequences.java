package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/** What follows from a change of rows. */
interface Consequences {
    /** How a directory came to be where it was found. */
    enum Arrival {
        /** What is below it has its rows. */
        KNOWN,
        NEW,
        /** It has to be listed to know which of what is below is part of the selection here. */
        MOVED
    }

    /** A name, or with null the directory itself, is to be looked at. */
    void hint(long directory, @Nullable Name name, int bits, long origin);

    /** Whether a name was moved to a directory that has no row yet. */
    boolean isDeparting(Key name);

    /** The bits hinted of a name that is still to be looked at. */
    int pendingBits(long directory, Name name);

    /** A directory that is part of the selection, and entered, was found. */
    void found(Entry directory, Look look, Arrival arrival);

    /** The row of a directory ceased. */
    void ceased(long directory);

    /** What is part of the selection in a directory and below must be decided anew. */
    void rulesChanged(long directory);

    /** Whether a watch that a listing added has been lost since. */
    boolean isLostWatch(int watch);

    /** A directory could not be watched. */
    void unwatchable(Entry directory, String why);

    /** A root's path does not lead to it any more. */
    void inQuestion(Roots.State root);

    /** A root was found without entries, though it had some (C17). */
    void emptied(Roots.State root);
}
