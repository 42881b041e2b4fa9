/**
 * What changed below some directories, remembered durably: kernel events are hints, a look at the file is the truth, and
 * the catalog keeps one row per file. Contracts C1 to C9 of the design.
 *
 * <p>Start with {@link dev.nightjar.feed.ChangeFeed}, the front door, and {@link dev.nightjar.feed.CatalogReader}, through
 * which its rows are read. Both may be used by any thread; every change of the catalog is made by one thread of the feed.
 */
@NullMarked
package dev.nightjar.feed;

import org.jspecify.annotations.NullMarked;
