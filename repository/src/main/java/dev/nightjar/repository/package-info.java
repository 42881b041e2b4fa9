/**
 * Repositories in restic's format, version 2 (version 1 is read). Start from {@link Repository}, which opens one, and
 * {@link Commit}, which writes one snapshot into it.
 *
 * <p>Contract: packs are durable before the index that names them, the index before the snapshot (C14); what was
 * encrypted is decoded and compared before it is written (C15); nothing read is handed out before its hash was checked.
 *
 * <p>Threading: a {@link Repository} may be used from several threads; at most one {@link Commit} is open at a time, and
 * it is driven by one thread. Errors are {@link RepositoryException}s.
 */
@NullMarked
package dev.nightjar.repository;

import org.jspecify.annotations.NullMarked;
