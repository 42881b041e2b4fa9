@NullMarked
package dev.nightjar.feed;

import org.jspecify.annotations.NullMarked;
