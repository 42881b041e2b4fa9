package dev.nightjar.repository;

/** Somebody else's lock stands against ours (exit 11). */
public final class LockedException extends RepositoryException {
    private final LockInfo holder;

    public LockedException(String what, String why, String advice, LockInfo holder) {
        super(what, why, advice, null);
        this.holder = holder;
    }

    /** The lock that stands in the way. */
    public LockInfo holder() {
        return holder;
    }
}
