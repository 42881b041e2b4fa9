package dev.nightjar.feed;

import dev.nightjar.feed.selection.Selection;
import dev.nightjar.linux.BytePath;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * What a feed watches, and how.
 *
 * @param state directory of the job; the catalog is {@code catalog.db} in it
 * @param roots absolute canonical paths of the directories (or files) to watch; none lies below another
 * @param selection what of them is part of it
 * @param excludedPlaces absolute paths never part of it: state and target
 * @param watcher how the kernel is asked
 * @param timing when hints are read and looked at
 * @param clock wall clock
 * @param ownEvents whether events of this process count
 * @param cursorAge a cursor that has not moved for this long may expire into a gap (C5); about a day more is granted
 */
public record FeedOptions(
        Path state,
        List<BytePath> roots,
        Selection selection,
        List<BytePath> excludedPlaces,
        WatcherChoice watcher,
        Timing timing,
        InstantSource clock,
        OwnEvents ownEvents,
        Duration cursorAge) {
    /** How long the product lets a cursor rest: 30 days. */
    public static final Duration DEFAULT_CURSOR_AGE = Duration.ofDays(30);

    /** Copies the lists. */
    public FeedOptions {
        roots = List.copyOf(roots);
        excludedPlaces = List.copyOf(excludedPlaces);
    }

    /** Events of this process are dropped, and cursors may rest for {@link #DEFAULT_CURSOR_AGE}. */
    public FeedOptions(
            Path state,
            List<BytePath> roots,
            Selection selection,
            List<BytePath> excludedPlaces,
            WatcherChoice watcher,
            Timing timing,
            InstantSource clock) {
        this(state, roots, selection, excludedPlaces, watcher, timing, clock, OwnEvents.DROP, DEFAULT_CURSOR_AGE);
    }

    /** The same, with events of this process kept: for tests that change files themselves. */
    public FeedOptions keepingOwnEvents() {
        return new FeedOptions(
                state, roots, selection, excludedPlaces, watcher, timing, clock, OwnEvents.KEEP, cursorAge);
    }
}
