package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.tree.NodeType;

/** Is told how a restore goes on, by the threads that do it, one call at a time. It should be quick. */
@FunctionalInterface
public interface RestoreListener {

    /** Tells nobody. */
    RestoreListener NONE = (path, type, outcome, bytes) -> {};

    /** What became of an entry. */
    enum Outcome {
        /** It is there now, as it was; what could not be set of its metadata is told as a problem. */
        RESTORED,
        /** It was there already, unchanged. */
        UNCHANGED,
        /** Something was there already and stayed. */
        KEPT,
        /** restic does not restore such a thing (a socket). */
        SKIPPED,
        /** It is not there, or was not replaced; told as a problem too. */
        FAILED
    }

    /**
     * One entry is done.
     *
     * @param path relative to the directory that is restored into
     * @param bytes all content bytes written so far
     */
    void entry(BytePath path, NodeType type, Outcome outcome, long bytes);
}
