/**
 * The verbs, one class each.
 *
 * <p>Contract: a verb parses nothing by itself and ends with an exit code or a
 * {@link dev.nightjar.app.output.CommandException}; it never calls {@code System.exit}. Start from
 * {@link dev.nightjar.app.command.Program} and {@link dev.nightjar.app.command.Session}. A verb runs on one thread.
 */
@NullMarked
package dev.nightjar.app.command;

import org.jspecify.annotations.NullMarked;
