package dev.nightjar.linux.testing;

import dev.nightjar.linux.BytePath;

/**
 * One difference between two trees.
 *
 * @param path relative to both trees; empty for the top directories themselves
 * @param expected what the first tree has
 * @param actual what the second has
 */
public record Difference(BytePath path, Aspect aspect, String expected, String actual) {
    @Override
    public String toString() {
        return "%s: %s is %s, not %s".formatted(path.isEmpty() ? "." : path, aspect, actual, expected);
    }
}
