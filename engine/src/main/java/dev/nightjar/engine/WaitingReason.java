package dev.nightjar.engine;

/** Why a job waits for its target. */
public enum WaitingReason {
    /** The target is not there: not mounted, not plugged in, not reachable. */
    AWAY,
    /** The target has no room. */
    NO_SPACE,
    /** Somebody holds an exclusive lock on the repository. */
    LOCKED,
    /** The target refuses us. */
    DENIED,
    /** The target failed in a way that may pass. */
    TROUBLE
}
