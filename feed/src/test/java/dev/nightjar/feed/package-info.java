/** Tests of the feed through its front door, in the language of the problem; start with {@code ChangeFeedContract}. */
@NullMarked
package dev.nightjar.feed;

import org.jspecify.annotations.NullMarked;
