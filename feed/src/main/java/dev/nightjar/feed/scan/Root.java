package dev.nightjar.feed.scan;

import dev.nightjar.linux.BytePath;

/** A root: its row and its path. */
public record Root(long id, BytePath path) {}
