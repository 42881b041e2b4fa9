package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import java.time.Instant;
import java.util.List;

/**
 * Something in a repository that is not as it should be.
 *
 * @param subject which file or blob: {@code pack 9ac31f0e}
 * @param detail what is wrong with it
 * @param affected the first hundred of the files and directories that cannot be restored whole because of it; empty if
 *     none is, or if nobody can say
 * @param affectedCount all of them
 */
public record CheckError(Kind kind, String subject, String detail, List<Affected> affected, long affectedCount) {

    public CheckError {
        affected = List.copyOf(affected);
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

    /**
     * A file or directory that is affected.
     *
     * @param path in the snapshots
     * @param snapshots how many snapshots have it with this damage
     * @param first when the first of these was taken
     * @param last when the last was
     */
    public record Affected(BytePath path, long snapshots, Instant first, Instant last) {}
}
