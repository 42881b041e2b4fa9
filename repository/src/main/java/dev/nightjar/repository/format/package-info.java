/**
 * The bytes of a repository: envelopes, keys, packs, index files, snapshots and locks, to and from records. Nothing here
 * touches a storage. Start from {@link Envelope} and {@link PackHeader}.
 *
 * <p>Threading: an {@link Envelope} and a {@link Compressor} belong to one thread; all else is immutable or static.
 */
@NullMarked
package dev.nightjar.repository.format;

import org.jspecify.annotations.NullMarked;
