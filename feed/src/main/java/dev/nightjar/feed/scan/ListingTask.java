package dev.nightjar.feed.scan;

import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/**
 * A directory to be listed.
 *
 * @param above rules of the directory above, null for a root
 * @param fresh whether it had no rows when this was asked for
 * @param recursive whether directories below that are known already are listed too; new ones always are
 * @param heal the gap this heals, 0 for none
 * @param origin time of the first hint that led here
 * @param attempt counts from 0
 */
public record ListingTask(
        long directory,
        Root root,
        BytePath path,
        @Nullable DirectoryRules above,
        boolean fresh,
        boolean recursive,
        long heal,
        long origin,
        int attempt) {
    /** The directory's name in the one above; null for a root. */
    @Nullable
    Name name() {
        return above == null ? null : path.name();
    }
}
