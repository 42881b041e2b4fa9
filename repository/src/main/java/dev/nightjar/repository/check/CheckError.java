package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Snapshot;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something in a repository that is not as it should be.
 *
 * @param subject which file or blob, as people read it: {@code pack 9ac31f0e}
 * @param id the whole name of that file, blob or tree; null for the index as a whole
 * @param detail what is wrong with it
 * @param paths the first hundred of the files and directories that cannot be restored whole because of it; empty if none
 *     is, or if nobody can say
 * @param pathCount how many different ones there are; once 200,000 were told apart in one check, those that follow are
 *     not counted
 * @param snapshots the first hundred snapshots that have one of them, oldest first
 * @param snapshotCount all such snapshots
 */
public record CheckError(
        Kind kind,
        String subject,
        @Nullable Id id,
        String detail,
        List<BytePath> paths,
        long pathCount,
        List<Snapshot> snapshots,
        long snapshotCount) {

    public CheckError {
        paths = List.copyOf(paths);
        snapshots = List.copyOf(snapshots);
    }

    /** Kinds of damage. */
    public enum Kind {
        /** A key file is damaged: its password opens nothing. */
        KEY,
        /** A snapshot cannot be read. */
        SNAPSHOT,
        /** An index file cannot be read. What it names is in the packs' own headers too. */
        INDEX,
        /** A pack that an index names is not there. */
        PACK_MISSING,
        /** A pack is shorter or longer than its blobs. */
        PACK_SIZE,
        /** A pack's content is not what was written. */
        PACK,
        /** A blob that a snapshot needs is in no index. */
        BLOB_MISSING,
        /** A tree cannot be read. */
        TREE,
        /** A tree can be read and makes no sense. */
        NODE
    }
}
