package dev.nightjar.feed;

import java.util.List;

/**
 * An answer to "what changed since".
 *
 * @param changes in the order of their sequences, names that ceased before names that came
 * @param cursor to ask from the next time, once these are dealt with
 * @param more whether asking again at once has more
 */
public record ChangeBatch(List<Change> changes, Cursor cursor, boolean more) {
    /** Copies the list. */
    public ChangeBatch {
        changes = List.copyOf(changes);
    }
}
