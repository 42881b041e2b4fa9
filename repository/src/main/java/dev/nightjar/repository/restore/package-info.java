/**
 * Brings files of a snapshot back: whole, verified, with all that restic keeps of them, and never outside of the
 * directory they are to go into (C18, C19).
 *
 * <p>Start with {@link dev.nightjar.repository.restore.Restorer} and
 * {@link dev.nightjar.repository.restore.RestoreReport}. A restorer may be used by several threads; each restore has
 * workers of its own, and ends them before it returns.
 */
@NullMarked
package dev.nightjar.repository.restore;

import org.jspecify.annotations.NullMarked;
