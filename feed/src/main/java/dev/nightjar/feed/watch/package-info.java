/**
 * What the kernel says, decoded: hints about names in directories, as the kernel names these.
 *
 * <p>A {@link dev.nightjar.feed.watch.Watcher} has one thread that reads lazily, and hands
 * {@link dev.nightjar.feed.watch.Event}s to a sink, which may make it wait.
 */
@NullMarked
package dev.nightjar.feed.watch;

import org.jspecify.annotations.NullMarked;
