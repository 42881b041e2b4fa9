package dev.nightjar.feed.scan;

import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Xattr;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A part of what a listing found; the last part says how it ended.
 *
 * @param self the directory itself as it was when the listing began; null if it could not be opened
 * @param watch its inotify watch, -1 for none
 * @param unwatchable why it has no watch though it should, else null
 * @param known directories in it whose rows are as they were
 * @param leftOut names on other filesystems that are not entered
 * @param compared names that are part of the selection, or have a row and are not there
 * @param problem why it did not end well, else null
 */
public record ListingResult(
        ListingTask task,
        long stamp,
        @Nullable Self self,
        int watch,
        @Nullable String unwatchable,
        @Nullable DirectoryRules rules,
        List<Look> looks,
        List<Known> known,
        List<BytePath> leftOut,
        long compared,
        boolean last,
        @Nullable LinuxException problem) {
    /** The directory itself. */
    public record Self(Stat stat, @Nullable Handle handle, List<Xattr> xattrs) {}

    /** A directory whose row needs no change. */
    public record Known(long id, Name name) {}
}
