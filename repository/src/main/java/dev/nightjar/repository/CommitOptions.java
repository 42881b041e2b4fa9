package dev.nightjar.repository;

/**
 * How a commit works.
 *
 * @param workers threads that read, compress and encrypt
 */
public record CommitOptions(int workers) {
    /** Two workers. */
    public static final CommitOptions DEFAULT = new CommitOptions(2);
}
