package dev.nightjar.feed;

import dev.nightjar.linux.BytePath;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A stretch about which the feed knows that it does not know (C5).
 *
 * @param scope the directory below which anything may have changed; null is the whole selection
 * @param sequence of the record
 * @param healing whether a scan is on its way to make it good
 */
public record Gap(long id, @Nullable BytePath scope, GapReason reason, Instant since, long sequence, boolean healing) {}
