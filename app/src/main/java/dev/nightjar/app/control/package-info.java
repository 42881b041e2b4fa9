/**
 * The control socket of a process that watches a job: a Unix domain socket in the job's state, for its owner only.
 *
 * <p>Contract: one JSON object per line; a request is answered by any number of objects, of which the last has no
 * {@code "more":true}. Start from {@link dev.nightjar.app.control.ControlServer} and
 * {@link dev.nightjar.app.control.ControlClient}. A server answers each connection on a thread of its own; a client is
 * for one thread.
 */
@NullMarked
package dev.nightjar.app.control;

import org.jspecify.annotations.NullMarked;
