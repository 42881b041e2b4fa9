/**
 * The command line: {@link dev.nightjar.app.Main} starts it.
 *
 * <p>Contract: ux.md of the project, in short: stdout is the answer, stderr is the talk, every error says what, why and
 * what to do, and exit codes are those of {@link dev.nightjar.app.output.ExitCode}. One command line runs on the thread
 * that calls {@link dev.nightjar.app.Main#run}. Verbs are in {@code command}, what is remembered between them in
 * {@code job}, the socket of a running job in {@code control}, how answers look in {@code output}.
 */
@NullMarked
package dev.nightjar.app;

import org.jspecify.annotations.NullMarked;
