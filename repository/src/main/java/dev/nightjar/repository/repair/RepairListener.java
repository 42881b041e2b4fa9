package dev.nightjar.repository.repair;

/** Is told how a repair goes on, by the thread that does it. It should be quick. */
@FunctionalInterface
public interface RepairListener {

    /** Tells nobody. */
    RepairListener NONE = (stage, done, total) -> {};

    /** What is being done. */
    enum Stage {
        /** Reading index files. */
        INDEX,
        /** Reading the headers of packs. */
        HEADERS,
        /** Copying what is whole out of damaged packs; counted in blobs. */
        BLOBS,
        /** Going through snapshots. */
        SNAPSHOTS
    }

    /** So much of it is done. */
    void progress(Stage stage, long done, long total);
}
