package dev.nightjar.feed.audit;

import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/**
 * A name that was not as its row says. It may have changed in between, so it is looked at again and again, with a barrier
 * before each look. If neither name nor row were touched between two looks, then the barrier between them should have
 * brought the row to what the first look saw, and one that still says something else is a finding. If the row moves from
 * look to look, events do arrive: a file that is written all the time is no finding.
 */
final class Suspect {
    /** What is known of it after a look. */
    enum State {
        /** Row and disk agree. */
        CLEARED,
        /** Something was missed. */
        PROVEN,
        /** It changed meanwhile, or could not be looked at. */
        OPEN
    }

    private final long directory;
    private final @Nullable Name name;
    private @Nullable Sight last;
    private int looks;
    private boolean rowMoved;

    /** A name in a directory; null is the directory itself. */
    Suspect(long directory, @Nullable Name name) {
        this.directory = directory;
        this.name = name;
    }

    long directory() {
        return directory;
    }

    @Nullable
    Name name() {
        return name;
    }

    /** The latest sight; null if it could not be looked at then. */
    @Nullable
    Sight last() {
        return last;
    }

    /** Takes a sight that was had after a barrier; null if it could not be had. */
    State look(@Nullable Sight now) {
        Sight before = last;
        last = now;
        if (now == null) {
            rowMoved = true; // a directory on the move: whatever was seen of it before says nothing
            return State.OPEN;
        }
        looks++;
        if (now.agrees()) {
            return State.CLEARED;
        }
        if (before == null) {
            return State.OPEN;
        }
        if (before.isUntouchedIn(now)) {
            return State.PROVEN;
        }
        rowMoved |= !before.sameRow(now) || !before.isOfOneInode(now);
        return State.OPEN;
    }

    /** Whether one file changed from look to look, and its row never did, through several barriers. */
    boolean isLeftBehind() {
        return looks > 2 && !rowMoved && last != null && last.row() != null;
    }
}
