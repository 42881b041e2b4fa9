/**
 * Where a repository's files lie. Start from {@link Storage} and {@link LocalStorage}.
 *
 * <p>Contract: a file that was written is durable and whole, or not there. Threading: a storage may be used from several
 * threads.
 */
@NullMarked
package dev.nightjar.repository.storage;

import org.jspecify.annotations.NullMarked;
