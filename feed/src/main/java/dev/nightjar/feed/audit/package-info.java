/**
 * The proof that nothing was missed: everything on disk is compared with the catalog while events flow (C10). Of what
 * differs, only that counts which a barrier should have brought into the catalog and did not.
 *
 * <p>Start with {@link dev.nightjar.feed.audit.Audit}, which runs one on a thread of its own; {@link
 * dev.nightjar.feed.audit.Suspect} decides what counts. Nothing here is shared between threads.
 */
@NullMarked
package dev.nightjar.feed.audit;

import org.jspecify.annotations.NullMarked;
