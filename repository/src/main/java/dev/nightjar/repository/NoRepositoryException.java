package dev.nightjar.repository;

/** There is no repository at the place that was named (exit 10). */
public final class NoRepositoryException extends RepositoryException {
    public NoRepositoryException(String what, String why, String advice) {
        super(what, why, advice, null);
    }
}
