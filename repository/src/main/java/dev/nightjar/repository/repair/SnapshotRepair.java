package dev.nightjar.repository.repair;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.repair.RepairListener.Stage;
import dev.nightjar.repository.storage.FileKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes snapshots whole again without what is lost: files of which a blob is in no index are left out, directories whose
 * tree cannot be read become empty. All other nodes stay as they are, byte by byte. A repaired snapshot is a new one beside
 * the old, with the tag {@code repaired} and the old one's id as its {@code original}, as restic makes them. The index must
 * be right before. Memory grows with the number of damaged trees. For one repair.
 */
public final class SnapshotRepair {

    /** The tag of repaired snapshots; restic's. */
    public static final String TAG = "repaired";

    /**
     * A damaged snapshot.
     *
     * @param repaired the new one; null if it was only looked at, or if nothing is left of it
     * @param lostFiles files that are not in the new one
     * @param lostDirectories directories that are empty in the new one
     * @param nothingLeft whether its root cannot be read
     */
    public record Damaged(
            Snapshot snapshot, @Nullable Id repaired, long lostFiles, long lostDirectories, boolean nothingLeft) {}

    /**
     * What was found, and done.
     *
     * @param lost the first thousand different paths that were lost, directories with a slash at the end
     * @param lostCount all of them; once 200,000 were told apart, those that follow are not counted
     * @param unreadable snapshots that cannot be read themselves
     */
    public record Result(List<Damaged> damaged, List<Lost> lost, long lostCount, List<Id> unreadable) {
        public Result {
            damaged = List.copyOf(damaged);
            lost = List.copyOf(lost);
            unreadable = List.copyOf(unreadable);
        }
    }

    /**
     * A path that a snapshot has lost.
     *
     * @param directory whether it is a directory, with all that was below
     */
    public record Lost(BytePath path, boolean directory) {}

    private final Repository repository;
    private final RepairListener listener;

    /** A repair in this repository, whose index was loaded. */
    public SnapshotRepair(Repository repository, RepairListener listener) {
        this.repository = repository;
        this.listener = listener;
    }

    /** Looks what would be done with these snapshots, or with all if there are none; changes nothing. */
    public Result look(List<Id> ids) throws RepositoryException, InterruptedException {
        return run(ids, null, false);
    }

    /**
     * Repairs these snapshots, or all if there are none.
     *
     * @param forget whether the damaged ones are removed, once the new ones are durable
     */
    public Result repair(List<Id> ids, Rewriting rewriting, boolean forget)
            throws RepositoryException, InterruptedException {
        return run(ids, rewriting, forget);
    }

    private Result run(List<Id> ids, @Nullable Rewriting rewriting, boolean forget)
            throws RepositoryException, InterruptedException {
        List<Id> wanted = new ArrayList<>(ids);
        if (wanted.isEmpty()) {
            repository.storage().list(FileKind.SNAPSHOT, (id, _) -> wanted.add(id));
        }
        TreeRepair trees = new TreeRepair(repository, rewriting);
        List<Damaged> damaged = new ArrayList<>();
        List<Id> unreadable = new ArrayList<>();
        long done = 0;
        for (Id id : wanted) {
            try {
                Damaged one = one(repository.snapshot(id), id, trees, rewriting, forget);
                if (one != null) {
                    damaged.add(one);
                }
            } catch (CorruptException _) {
                unreadable.add(id);
            }
            listener.progress(Stage.SNAPSHOTS, ++done, wanted.size());
        }
        return new Result(damaged, trees.lost(), trees.lostCount(), unreadable);
    }

    private @Nullable Damaged one(
            Snapshot snapshot, Id id, TreeRepair trees, @Nullable Rewriting rewriting, boolean forget)
            throws RepositoryException, InterruptedException {
        TreeRepair.Repaired tree = trees.repair(snapshot.tree());
        if (tree == null) {
            if (rewriting != null && forget) {
                rewriting.remove(FileKind.SNAPSHOT, id);
            }
            return new Damaged(snapshot, null, 0, 0, true);
        }
        if (tree.lostFiles() == 0 && tree.lostDirectories() == 0) {
            return null;
        }
        Id repaired = null;
        if (rewriting != null) {
            rewriting.flush();
            repaired = rewriting.writeSnapshot(id, tree.tree(), TAG);
            if (forget) {
                rewriting.remove(FileKind.SNAPSHOT, id);
            }
        }
        return new Damaged(snapshot, repaired, tree.lostFiles(), tree.lostDirectories(), false);
    }
}
