/**
 * Looks whether a repository is whole, and names what is not: which files of which snapshots.
 *
 * <p>Start with {@link dev.nightjar.repository.check.Checker} and {@link dev.nightjar.repository.check.CheckReport}. A
 * check has threads of its own, and ends them before it returns.
 */
@NullMarked
package dev.nightjar.repository.check;

import org.jspecify.annotations.NullMarked;
