/** Tests of the catalog by itself; start with {@code CursorsTest}. */
@NullMarked
package dev.nightjar.feed.catalog;

import org.jspecify.annotations.NullMarked;
