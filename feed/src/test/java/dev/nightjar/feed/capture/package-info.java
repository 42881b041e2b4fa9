/** Tests of the capture's parts with a time of their own; start with {@code DirtySetTest}. */
@NullMarked
package dev.nightjar.feed.capture;

import org.jspecify.annotations.NullMarked;
