package dev.nightjar.app.command;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.util.List;
import java.util.Optional;

/**
 * Tells only what lies in some scopes of a job: a move across their border is a deletion or a creation, and a directory
 * moved in is told as a gap, because what is below it has no changes of its own.
 *
 * @param scopes empty for everything
 */
record ChangeFilter(List<BytePath> scopes) {

    Optional<Change> filter(Change change) {
        if (scopes.isEmpty()) {
            return Optional.of(change);
        }
        return switch (change) {
            case Change.Moved moved -> moved(moved);
            case Change.Unknown gap -> gap(gap);
            case Change.Created _, Change.Modified _, Change.Deleted _, Change.LeftOut _ -> {
                BytePath path = change.path();
                yield path != null && inside(path) ? Optional.of(change) : above(change);
            }
        };
    }

    private Optional<Change> moved(Change.Moved moved) {
        boolean from = inside(moved.from());
        boolean to = inside(moved.path());
        if (from && to) {
            return Optional.of(moved);
        }
        if (from) {
            return Optional.of(new Change.Deleted(moved.sequence(), moved.from(), moved.directory()));
        }
        if (to) {
            return Optional.of(
                    moved.directory()
                            ? new Change.Unknown(moved.sequence(), moved.path(), GapReason.SELECTION)
                            : new Change.Created(moved.sequence(), moved.path(), false));
        }
        return touches(moved.from()) || touches(moved.path()) ? whole(moved.sequence()) : Optional.empty();
    }

    private Optional<Change> gap(Change.Unknown gap) {
        BytePath path = gap.path();
        if (path == null || touches(path)) {
            return scopes.size() == 1
                    ? Optional.of(new Change.Unknown(gap.sequence(), scopes.getFirst(), gap.reason()))
                    : Optional.of(new Change.Unknown(gap.sequence(), null, gap.reason()));
        }
        return inside(path) ? Optional.of(gap) : Optional.empty();
    }

    /** A directory above a scope ceased to be, and the scope with it. */
    private Optional<Change> above(Change change) {
        BytePath path = change.path();
        boolean ceased = change instanceof Change.Deleted || change instanceof Change.LeftOut;
        return ceased && path != null && touches(path) ? whole(change.sequence()) : Optional.empty();
    }

    private Optional<Change> whole(long sequence) {
        return Optional.of(new Change.Unknown(sequence, scopes.size() == 1 ? scopes.getFirst() : null, GapReason.ROOT));
    }

    private boolean inside(BytePath path) {
        return scopes.stream().anyMatch(path::startsWith);
    }

    private boolean touches(BytePath path) {
        return scopes.stream().anyMatch(scope -> scope.startsWith(path) && !scope.equals(path));
    }
}
