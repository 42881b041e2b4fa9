package dev.nightjar.feed.scan;

import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import java.util.Set;

/**
 * What ends the selection: rules, places of our own, and other filesystems. Immutable.
 *
 * @param excluded directories that are never part of it: state and target
 * @param oneFileSystem whether what is mounted below is left out
 */
public record Borders(Set<BytePath> excluded, boolean oneFileSystem) {
    /** Copies the set. */
    public Borders {
        excluded = Set.copyOf(excluded);
    }

    /** Those that a feed was opened with. */
    public static Borders of(FeedOptions options) {
        return new Borders(
                Set.copyOf(options.excludedPlaces()),
                options.selection().rules().oneFileSystem());
    }

    /** Whether a name in a directory is part of the selection. */
    public boolean include(DirectoryRules rules, BytePath directory, Name name, boolean isDirectory) {
        return rules.judge(name, isDirectory).included()
                && !(isDirectory && !excluded.isEmpty() && excluded.contains(directory.resolve(name)));
    }

    /** Whether what is in a directory is part of it: one on another filesystem, or seen through another mount, is not. */
    public boolean enter(Stat above, Stat directory) {
        return above.device() == directory.device() ? above.mountId() == directory.mountId() : !oneFileSystem;
    }
}
