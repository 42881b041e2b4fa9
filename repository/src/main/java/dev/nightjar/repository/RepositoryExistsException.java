package dev.nightjar.repository;

/** A repository was to be made where there is one, or where there is something else. */
public final class RepositoryExistsException extends RepositoryException {
    public RepositoryExistsException(String what, String why, String advice) {
        super(what, why, advice, null);
    }
}
