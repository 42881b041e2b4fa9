/**
 * The catalog: what the last look at every name found, in SQLite. Section 4 of the design.
 *
 * <p>{@link dev.nightjar.feed.catalog.CatalogStore} is its only writer and is confined to the thread that owns it (the
 * capture thread); {@link dev.nightjar.feed.catalog.Readers} serves short consistent reads to any thread.
 */
@NullMarked
package dev.nightjar.feed.catalog;

import org.jspecify.annotations.NullMarked;
