/**
 * Looking: listings of directories by worker threads, and what a look at one name found.
 *
 * <p>Start with {@link dev.nightjar.feed.scan.Workers}, which do {@link dev.nightjar.feed.scan.ListingTask}s and deliver
 * {@link dev.nightjar.feed.scan.ListingResult}s; nothing here writes to the catalog.
 */
@NullMarked
package dev.nightjar.feed.scan;

import org.jspecify.annotations.NullMarked;
