/** Tests of the selection, among them a comparison with git itself. */
@NullMarked
package dev.nightjar.feed.selection;

import org.jspecify.annotations.NullMarked;
