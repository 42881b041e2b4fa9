/**
 * What is backed up and what is left out.
 *
 * <p>Contract: patterns mean what they mean in a {@code .gitignore}, on bytes. Nothing here opens a file: whoever lists
 * a directory hands in the bytes of its {@code .nightjarignore} and says whether it carries a cache tag. A rule that
 * decided is named in the {@link dev.nightjar.feed.selection.Verdict}, so that {@code explain} can always say why.
 *
 * <p>Threading: everything is immutable; share it freely.
 *
 * <p>Start from {@link dev.nightjar.feed.selection.Selection} and {@link dev.nightjar.feed.selection.DirectoryRules}.
 */
@NullMarked
package dev.nightjar.feed.selection;

import org.jspecify.annotations.NullMarked;
