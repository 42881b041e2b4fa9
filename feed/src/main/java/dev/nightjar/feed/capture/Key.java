package dev.nightjar.feed.capture;

import dev.nightjar.linux.Name;
import org.jspecify.annotations.Nullable;

/** What is dirty: a name in a directory, or with no name the directory itself. */
record Key(long directory, @Nullable Name name) {}
