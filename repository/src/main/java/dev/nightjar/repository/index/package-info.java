/**
 * Which blobs a repository has, and where: off the heap, in mapped files that can be thrown away at any time. Start from
 * {@link BlobIndex} and {@link BlobTable}. A blob index is thread-safe; a blob table is not.
 */
@NullMarked
package dev.nightjar.repository.index;

import org.jspecify.annotations.NullMarked;
