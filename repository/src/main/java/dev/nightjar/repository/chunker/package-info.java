/**
 * Cuts files into chunks where their content says so, exactly as restic does. Start from {@link Chunker} and
 * {@link Polynomial}. A chunker belongs to one thread.
 */
@NullMarked
package dev.nightjar.repository.chunker;

import org.jspecify.annotations.NullMarked;
