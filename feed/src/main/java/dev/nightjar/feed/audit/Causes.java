package dev.nightjar.feed.audit;

import dev.nightjar.feed.AuditFinding.Attribute;
import dev.nightjar.feed.AuditFinding.Cause;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.feed.Gap;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Stat;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Why no event told of a change: what can still be seen of it afterwards. */
final class Causes {
    private final Set<BytePath> unwatched = new HashSet<>();
    private final boolean nothingWatched;
    private final boolean inotify;
    private @Nullable Writers writers;

    Causes(FeedStatus status) {
        boolean everywhere = false;
        for (Gap gap : status.gaps()) {
            if (gap.reason() == GapReason.UNWATCHABLE) {
                everywhere |= gap.scope() == null;
                if (gap.scope() != null) {
                    unwatched.add(gap.scope());
                }
            }
        }
        this.nothingWatched = everywhere;
        this.inotify = status.watching().stream().anyMatch(one -> one.watcher() == WatcherChoice.INOTIFY);
    }

    /**
     * The likely cause.
     *
     * @param directory of the name
     * @param neverRests whether it changed from look to look
     */
    Cause of(BytePath directory, BytePath path, Sight sight, boolean neverRests) {
        if (nothingWatched || unwatched.contains(directory)) {
            return Cause.NOT_WATCHED;
        }
        Stat stat = sight.stat();
        if (stat != null && sight.row() != null && stat.type() == FileType.FILE) {
            Cause known = ofFile(path, sight, stat);
            if (known != null) {
                return known;
            }
        }
        if (neverRests) {
            return Cause.NEVER_RESTS;
        }
        return sight.attributes().equals(Set.of(Attribute.CTIME)) ? Cause.INODE_FLAGS : Cause.MISSED;
    }

    private @Nullable Cause ofFile(BytePath path, Sight sight, Stat stat) {
        String name = new String(path.bytes(), StandardCharsets.ISO_8859_1);
        if (writers().backs(name)) {
            return Cause.LOOP_DEVICE;
        }
        if (writers().maps(stat, name)) {
            return Cause.MEMORY_MAPPING;
        }
        boolean linked = stat.links() > 1 || (sight.row() != null && sight.row().links() > 1);
        if (inotify && linked) {
            return Cause.LINKED_OUTSIDE;
        }
        return writers().opens(name) ? Cause.OPEN_FOR_WRITING : null;
    }

    /** Many processes are asked, so only when there is something to explain. */
    private Writers writers() {
        if (writers == null) {
            writers = Writers.now();
        }
        return writers;
    }
}
