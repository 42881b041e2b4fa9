/**
 * The README's first command, typed by somebody who just cloned this repository, on a pseudo-terminal
 * ({@link dev.nightjar.app.newcomer.NewcomerTest}), and the launcher's refusals
 * ({@link dev.nightjar.app.newcomer.LauncherTest}).
 */
@NullMarked
package dev.nightjar.app.newcomer;

import org.jspecify.annotations.NullMarked;
