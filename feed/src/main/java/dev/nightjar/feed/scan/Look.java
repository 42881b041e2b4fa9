package dev.nightjar.feed.scan;

import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What lstat said about a name.
 *
 * @param directory row of the directory the name is in
 * @param stat null when it said ENOENT or ENOTDIR
 * @param included false when the selection leaves it out
 * @param entered of a directory: whether what is below is part of it too, being on the same filesystem
 * @param handle of directories and of files with several names, where the filesystem gives any
 * @param bits of the hint that led here
 * @param stamp when the look began: an older one never overwrites a younger (C4)
 * @param origin time of the first hint that led here
 */
public record Look(
        long directory,
        Name name,
        @Nullable Stat stat,
        boolean included,
        boolean entered,
        @Nullable Handle handle,
        byte @Nullable [] link,
        List<Xattr> xattrs,
        int bits,
        long stamp,
        long origin) {
    /** Nothing is there. */
    public static Look missing(long directory, Name name, int bits, long stamp, long origin) {
        return new Look(directory, name, null, true, false, null, null, List.of(), bits, stamp, origin);
    }

    /** Something is there that is no part of the selection. */
    public static Look leftOut(long directory, Name name, Stat stat, int bits, long stamp, long origin) {
        return new Look(directory, name, stat, false, false, null, null, List.of(), bits, stamp, origin);
    }

    /** Whether there is a file that is part of the selection. */
    public boolean found() {
        return stat != null && included;
    }

    /** Whether it found a directory that is part of the selection. */
    public boolean isDirectory() {
        return stat != null && included && stat.type() == FileType.DIRECTORY;
    }
}
