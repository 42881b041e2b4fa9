/**
 * What tests of every module share.
 *
 * <p>Contract: {@link dev.nightjar.linux.testing.TreeComparer} says how two trees differ, in all that a backup must
 * keep; it is itself proved by planting one difference of each kind.
 *
 * <p>Threading: one thread at a time.
 *
 * <p>Start from {@link dev.nightjar.linux.testing.TreeComparer} and {@link dev.nightjar.linux.testing.Difference}.
 */
@NullMarked
package dev.nightjar.linux.testing;

import org.jspecify.annotations.NullMarked;
