package dev.nightjar.repository;

/** Our lock was taken from us while a commit was being written, and what was written cannot be vouched for: again. */
public final class LockLostException extends RepositoryException {
    public LockLostException(String what, String why, String advice) {
        super(what, why, advice, null);
    }
}
