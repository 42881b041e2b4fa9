package dev.nightjar.feed;

import java.util.List;

/**
 * An answer to "what changed since".
 *
 * @param changes names that ceased, then names that are there, then gaps; in the order of their sequences, but nothing comes
 *     before the directories above it
 * @param cursor to ask from the next time, once these are dealt with
 * @param more whether asking again at once has more
 */
public record ChangeBatch(List<Change> changes, Cursor cursor, boolean more) {
    /** Copies the list. */
    public ChangeBatch {
        changes = List.copyOf(changes);
    }
}
