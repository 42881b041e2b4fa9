package dev.nightjar.repository.tree;

import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.Id;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a tree: what restic keeps of a file. Zero, empty or null stands for what is not known, and is not written.
 * Immutable; arrays in it are taken and given as they are.
 *
 * @param permissions the low twelve bits of st_mode
 * @param atime restic writes the mtime here unless told otherwise
 * @param uid as the kernel has it, taken as unsigned; so is {@code gid}
 * @param deviceId the device of the file's filesystem (st_dev): with {@code inode} it joins the names of one file
 * @param size bytes of a regular file
 * @param linkTarget of a symlink, its bytes
 * @param device of a device node, its device (st_rdev)
 * @param content the data blobs of a regular file in order; null for everything else (and, in a damaged tree, for a file)
 * @param subtree the tree of a directory; null for everything else (and, in a damaged tree, for a directory)
 * @param error what the writing program had to say of a file it could not read wholly
 */
public record Node(
        Name name,
        NodeType type,
        int permissions,
        Timestamp mtime,
        Timestamp atime,
        Timestamp ctime,
        int uid,
        int gid,
        @Nullable String user,
        @Nullable String group,
        long inode,
        long deviceId,
        long size,
        long links,
        byte @Nullable [] linkTarget,
        List<Xattr> xattrs,
        long device,
        @Nullable List<Id> content,
        @Nullable Id subtree,
        @Nullable String error) {

    private static final Comparator<Xattr> BY_NAME = Comparator.comparing(Xattr::name);

    /** Takes the lists as unmodifiable copies. */
    public Node {
        xattrs = List.copyOf(xattrs);
        content = content == null ? null : List.copyOf(content);
    }

    /**
     * The node of a file, by restic's rules of what is kept for which type: atime is mtime; the device only of a file
     * with several names, so that a filesystem that gets another number at the next boot changes no tree; attributes by
     * their names, whatever order the filesystem gave.
     *
     * @param content of a regular file; of anything else it is not looked at, and so for {@code linkTarget} of a symlink
     *     and {@code subtree} of a directory
     */
    public static Node of(
            Name name,
            Stat stat,
            @Nullable String user,
            @Nullable String group,
            byte @Nullable [] linkTarget,
            List<Xattr> xattrs,
            @Nullable List<Id> content,
            @Nullable Id subtree) {
        FileType type = stat.type();
        boolean hasLinks = switch (type) {
            case FILE, SYMLINK, BLOCK_DEVICE, CHARACTER_DEVICE -> true;
            case DIRECTORY, FIFO, SOCKET -> false;
        };
        boolean hasDevice = type == FileType.BLOCK_DEVICE || type == FileType.CHARACTER_DEVICE;
        return new Node(
                name,
                NodeType.of(type),
                stat.permissions(),
                stat.mtime(),
                stat.mtime(),
                stat.ctime(),
                stat.uid(),
                stat.gid(),
                user,
                group,
                stat.inode(),
                hasLinks && stat.links() > 1 ? stat.device() : 0,
                type == FileType.FILE ? stat.size() : 0,
                hasLinks ? stat.links() : 0,
                type == FileType.SYMLINK ? linkTarget : null,
                xattrs.size() < 2 ? xattrs : xattrs.stream().sorted(BY_NAME).toList(),
                hasDevice ? stat.rdev() : 0,
                type == FileType.FILE ? content : null,
                type == FileType.DIRECTORY ? subtree : null,
                null);
    }

    /** The same entry under another name. */
    public Node withName(Name other) {
        return new Node(
                other,
                type,
                permissions,
                mtime,
                atime,
                ctime,
                uid,
                gid,
                user,
                group,
                inode,
                deviceId,
                size,
                links,
                linkTarget,
                xattrs,
                device,
                content,
                subtree,
                error);
    }
}
