package dev.nightjar.feed;

import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A row of the catalog: what the last look at one name found.
 *
 * @param id never used twice; stays the same when the file is renamed
 * @param filesystem the row in {@code filesystem}
 * @param parent id of the directory, 0 for a root
 * @param name the last component, also of a root
 * @param mode type and permission bits as in {@code st_mode}
 * @param rdev device number of a device node, as {@code st_rdev}, else 0
 * @param sequence of the last change of any kind; of a directory also of a change of which names it has
 * @param contentSequence of the last change that may have touched the bytes (C12)
 * @param linkTarget of a symbolic link, else null
 */
public record Entry(
        long id,
        long filesystem,
        long parent,
        Name name,
        int mode,
        int uid,
        int gid,
        long size,
        Timestamp mtime,
        Timestamp ctime,
        long inode,
        int links,
        long rdev,
        long sequence,
        long contentSequence,
        byte @Nullable [] linkTarget,
        List<Xattr> xattrs) {
    /** The type in the mode. */
    public FileType type() {
        return FileType.of(mode);
    }

    /** Whether it is a directory. */
    public boolean isDirectory() {
        return (mode & 0170000) == 0040000;
    }
}
