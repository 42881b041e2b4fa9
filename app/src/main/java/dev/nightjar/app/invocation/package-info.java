/**
 * What a command is started with, and what can interrupt it.
 *
 * <p>Contract: nothing else in the application asks the process for its environment, streams, clock or signals, so that
 * a test can start a command inside its own process. Start from {@link dev.nightjar.app.invocation.Invocation} and
 * {@link dev.nightjar.app.invocation.Interrupts}; the latter may be used by several threads.
 */
@NullMarked
package dev.nightjar.app.invocation;

import org.jspecify.annotations.NullMarked;
