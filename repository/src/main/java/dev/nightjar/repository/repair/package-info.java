/**
 * Puts a damaged repository right, as far as that can be done from what is left of it: the index, packs, snapshots.
 *
 * <p>Start with {@link dev.nightjar.repository.repair.IndexRepair} and
 * {@link dev.nightjar.repository.repair.SnapshotRepair}. Everything happens on the calling thread, under the exclusive
 * lock of a {@link dev.nightjar.repository.Rewriting}.
 */
@NullMarked
package dev.nightjar.repository.repair;

import org.jspecify.annotations.NullMarked;
