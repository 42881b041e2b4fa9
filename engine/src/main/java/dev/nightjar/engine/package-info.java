/**
 * Jobs: a feed's changes carried into a repository. Start with {@link dev.nightjar.engine.BackupJob}, which commits once
 * or for good, and {@link dev.nightjar.engine.CommitReport}, which says what a commit did.
 *
 * <p>A commit takes everything the catalog knows that is newer than its cursor; a first backup is a commit whose cursor
 * is 0. It reads only files whose content may have changed, rebuilds only the trees of directories on the way to a
 * change, and remembers what it stored in a ledger beside the catalog. The ledger and the cursor move only after the
 * snapshot is durable, and can always be thrown away: the next commit then reads everything once more.
 *
 * <p>Threading: a job commits on one thread at a time (the caller's of {@code commitNow} or {@code run}); files are read
 * on the repository's pipeline threads; the ledger's statements run on the catalog's thread.
 */
@NullMarked
package dev.nightjar.engine;

import org.jspecify.annotations.NullMarked;
