package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.util.Set;

/**
 * A name of which the catalog said something else than the disk, though a barrier lay between the change and the look.
 *
 * @param directory whether it is a directory; one that is in only one of the two stands for all below it
 * @param attributes in what the two differ; empty unless the difference is {@link Difference#CHANGED}
 * @param cause the likely one
 */
public record AuditFinding(
        BytePath path, boolean directory, Difference difference, Set<Attribute> attributes, Cause cause) {
    /** How the two differ. */
    public enum Difference {
        /** It is in both, and not the same. */
        CHANGED,
        /** The catalog has a name that is not on disk. */
        NOT_ON_DISK,
        /** A name on disk that the catalog does not have. */
        NOT_IN_CATALOG,
        /** The catalog has a name that the selection leaves out. */
        LEFT_OUT
    }

    /** What {@code statx} says of a name, as far as it is compared. */
    public enum Attribute {
        /** It is another kind of file. */
        TYPE,
        /** Permissions. */
        MODE,
        /** User or group. */
        OWNER,
        /** Length in bytes. */
        SIZE,
        /** When its bytes changed last. */
        MTIME,
        /** When anything of it changed last. */
        CTIME,
        /** It is another file of this name. */
        INODE,
        /** How many names it has. */
        LINKS,
        /** The device that a device node stands for. */
        DEVICE
    }

    /** Why no event told of the change, as far as can be seen afterwards. */
    public enum Cause {
        /** Its directory has no watch. */
        NOT_WATCHED,
        /** A process has it mapped into its memory, and writes there: the kernel tells nothing until it is unmapped. */
        MEMORY_MAPPING,
        /** It is the image behind a loop device, which writes without events. */
        LOOP_DEVICE,
        /** A process has it open for writing; asynchronous I/O tells nothing until it is closed. */
        OPEN_FOR_WRITING,
        /** It was another file at each look, while the catalog stood still. */
        NEVER_RESTS,
        /** It has several names, and was changed by one that inotify does not watch. */
        LINKED_OUTSIDE,
        /** Only its attributes of {@code chattr} were changed, of which the kernel tells nothing. */
        INODE_FLAGS,
        /** An event was missed. */
        MISSED
    }

    /** Copies the set. */
    public AuditFinding {
        attributes = Set.copyOf(attributes);
    }
}
