/**
 * The model test of the feed: a seeded program of file operations runs in a process of its own while the feed watches;
 * then the catalog must equal a walk, and a reader of changes must hold an equal copy of the names.
 *
 * <p>Start from {@link dev.nightjar.feed.model.ModelTest} and {@link dev.nightjar.feed.model.Mutator}.
 */
@NullMarked
package dev.nightjar.feed.model;

import org.jspecify.annotations.NullMarked;
