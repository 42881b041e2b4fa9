/**
 * Looks into snapshots without restoring them: {@link dev.nightjar.repository.look.Dump} gives content out as a stream,
 * {@link dev.nightjar.repository.look.TreeDiff} says what differs, {@link dev.nightjar.repository.look.TreeFind} finds
 * names. Whoever uses them holds the lock, and has loaded the index. Each object is for one thread; an interrupt ends what
 * it does with a {@link java.nio.channels.ClosedByInterruptException}. A blob is compared with its hash before a byte of it
 * is used (C19).
 */
@NullMarked
package dev.nightjar.repository.look;

import org.jspecify.annotations.NullMarked;
