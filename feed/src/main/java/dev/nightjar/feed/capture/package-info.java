/**
 * The one thread that owns the catalog: hints come in, names are looked at, rows are changed.
 *
 * <p>Start with {@link dev.nightjar.feed.capture.Capture}, whose {@code step} does what is due, and
 * {@link dev.nightjar.feed.capture.Applier}, which decides what a look means for the rows. Everything but
 * {@link dev.nightjar.feed.capture.Inbox} is confined to that thread.
 */
@NullMarked
package dev.nightjar.feed.capture;

import org.jspecify.annotations.NullMarked;
