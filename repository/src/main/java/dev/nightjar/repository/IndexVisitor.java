package dev.nightjar.repository;

/** Is told the blobs of an index file, one by one. */
@FunctionalInterface
public interface IndexVisitor {
    /**
     * One blob.
     *
     * @param condemned whether the pack is marked for deletion (rustic does this): to be read, not to be counted on
     */
    void blob(PackLocation location, boolean condemned) throws RepositoryException;
}
