package dev.nightjar.repository.look;

/**
 * What differs between two trees, in figures, as restic counts them.
 *
 * @param changedFiles regular files with other content
 * @param added what only the tree after has
 * @param removed what only the tree before has
 */
public record DiffReport(long changedFiles, Side added, Side removed) {
    /**
     * What only one of two trees has.
     *
     * @param others neither regular files nor directories
     * @param dataBlobs that only this tree refers to, as far as trees had to be read: directories that are the same in both
     *     are not, so a blob that is used there, too, counts all the same
     * @param bytes of data and tree blobs, before compression
     */
    public record Side(long files, long directories, long others, long dataBlobs, long treeBlobs, long bytes) {}
}
