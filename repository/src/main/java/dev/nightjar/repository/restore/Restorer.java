package dev.nightjar.repository.restore;

import dev.nightjar.linux.Directory;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.restore.RestoreRun.OfNode;
import dev.nightjar.repository.restore.RestoreRun.OfTree;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Restores trees and files of a repository whose index was loaded. Thread-safe; several restores may go on at once.
 *
 * <p>Every file is made without a name (or, where the filesystem has no such files, under a temporary one beginning with
 * {@code .nightjar-tmp-}; what a killed restore left of these, the next one removes), filled with blobs each of which was
 * compared with its id, gets its owner, attributes, permissions and times in this order, and then its name. Nothing that
 * is there is replaced unless the options say so; they may also say that old versions are put beside what stays. Directories are made 0700 and get theirs when all in them is done.
 * Everything happens by single names in directories opened beneath the destination, no symbolic link followed, whatever
 * the snapshot or somebody else puts there. Names of one file become hard links again; long runs of zeros become holes;
 * sockets are left out, as restic does.
 *
 * <p>What goes wrong with one entry is a {@link Problem} in the report and does not end the restore; a full destination
 * does, and so does an interrupt of the calling thread (which stays interrupted). Nothing is synced to the disk: a crash of
 * the machine soon after a restore may lose some of it, and the snapshot still has it.
 */
public final class Restorer {

    private final Repository repository;
    private final RestoreOptions options;
    private final RandomGenerator random;

    /** A restorer from this repository. */
    public Restorer(Repository repository, RestoreOptions options) {
        this(repository, options, new SecureRandom());
    }

    Restorer(Repository repository, RestoreOptions options, RandomGenerator random) {
        this.repository = repository;
        this.options = options;
        this.random = random;
    }

    /**
     * Restores what is in a tree: its entries, not the directory it stands for, whose owner, permissions and times are left
     * as they are.
     *
     * @param into an open directory; stays open
     */
    public RestoreReport restore(Id tree, Directory into) {
        return RestoreRun.restore(repository, options, random, new OfTree(tree), into);
    }

    /**
     * Says what {@link #restore(Id, Directory)} would do; touches nothing.
     *
     * @param into null if it is not there yet
     * @throws IOException if a tree cannot be read, the destination not be looked at, or the thread was interrupted
     */
    public void preview(Id tree, @Nullable Directory into, PreviewListener listener) throws IOException {
        Preview.walk(repository, options, new OfTree(tree), into, listener);
    }

    /** Says what {@link #restore(Node, Directory)} would do; as {@link #preview(Id, Directory, PreviewListener)}. */
    public void preview(Node node, @Nullable Directory into, PreviewListener listener) throws IOException {
        Preview.walk(repository, options, new OfNode(node), into, listener);
    }

    /** Restores one entry, under its own name. The options' filter is for what is in it. */
    public RestoreReport restore(Node node, Directory into) {
        return RestoreRun.restore(repository, options, random, new OfNode(node), into);
    }
}
