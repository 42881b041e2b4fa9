package dev.nightjar.repository;

/** A repository of a kind that Nightjar does not know, or does not write. */
public final class UnsupportedRepositoryException extends RepositoryException {
    public UnsupportedRepositoryException(String what, String why, String advice) {
        super(what, why, advice, null);
    }
}
