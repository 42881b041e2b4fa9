package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;

/**
 * Something that is not as it should be after a restore.
 *
 * @param path relative to the directory that was restored into
 * @param detail what is known of why, with the system's own words
 */
public record Problem(BytePath path, Reason reason, String detail) {

    /** Kinds of problems. */
    public enum Reason {
        /** Owner or group could not be set; setuid and setgid were left off then. */
        OWNER,
        /** An extended attribute (an ACL is one) could not be set. */
        ATTRIBUTE,
        /** Permissions could not be set. */
        MODE,
        /** Times could not be set. */
        TIMES,
        /** Something of another type is there and may not be replaced. */
        IN_THE_WAY,
        /** The repository's data for it is missing or damaged: it was not restored. */
        DAMAGED,
        /** The repository could not be read. */
        UNREADABLE,
        /** The snapshot has a name that no directory can hold, or an entry of a type that cannot be made. */
        IMPOSSIBLE,
        /** It was restored, but the snapshot recorded another size than its data has. */
        SIZE_DIFFERS,
        /** Permission denied in the destination. */
        DENIED,
        /** The destination is full. */
        NO_SPACE,
        /** Anything else that the destination refused. */
        REFUSED
    }

    /** Whether the entry itself is there, and only something about it is not as it was. */
    public boolean isMetadataOnly() {
        return switch (reason) {
            case OWNER, ATTRIBUTE, MODE, TIMES, SIZE_DIFFERS -> true;
            case IN_THE_WAY, DAMAGED, UNREADABLE, IMPOSSIBLE, DENIED, NO_SPACE, REFUSED -> false;
        };
    }
}
