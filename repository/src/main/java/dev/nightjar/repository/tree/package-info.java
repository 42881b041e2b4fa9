/**
 * Tree blobs: one directory of a snapshot as restic writes it, byte for byte.
 *
 * <p>Start with {@link dev.nightjar.repository.tree.TreeWriter} and {@link dev.nightjar.repository.tree.TreeReader}; both
 * speak of {@link dev.nightjar.repository.tree.Node}. Equal nodes give equal bytes, always: a tree's id is the hash of
 * those bytes, so unchanged directories keep their id from commit to commit (C10). Names are bytes end to end (C2).
 *
 * <p>Nodes are immutable and may be shared between threads; a writer or reader belongs to one thread.
 */
@NullMarked
package dev.nightjar.repository.tree;

import org.jspecify.annotations.NullMarked;
