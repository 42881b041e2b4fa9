@NullMarked
package dev.nightjar.feed.audit;

import org.jspecify.annotations.NullMarked;
