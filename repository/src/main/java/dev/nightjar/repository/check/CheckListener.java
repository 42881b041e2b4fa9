package dev.nightjar.repository.check;

/** Is told how a check goes on, by the threads that do it, one call at a time. It should be quick. */
@FunctionalInterface
public interface CheckListener {

    /** Tells nobody. */
    CheckListener NONE = (stage, done, total) -> {};

    /** What is being looked at. */
    enum Stage {
        /** Keys, snapshots and index files; counted in files. */
        FILES,
        /** The trees of all snapshots; counted in trees. */
        TREES,
        /** The content of all packs; counted in bytes. */
        DATA,
        /** Which files are affected by what was found; counted in snapshots. */
        AFFECTED
    }

    /**
     * So much is done.
     *
     * @param total 0 if it is not known
     */
    void progress(Stage stage, long done, long total);
}
