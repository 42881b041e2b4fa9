package dev.nightjar.repository;

/** The password opens none of the repository's keys (exit 12). */
public final class WrongPasswordException extends RepositoryException {
    private final int keys;

    public WrongPasswordException(String what, String why, String advice, int keys) {
        super(what, why, advice, null);
        this.keys = keys;
    }

    /** How many keys the repository has. */
    public int keys() {
        return keys;
    }
}
