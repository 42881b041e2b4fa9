/**
 * What is remembered between commands: jobs, their repositories, and where passwords come from.
 *
 * <p>Contract: a job is its sorted canonical roots; its directory below the state directory is readable by its owner
 * only. Start from {@link dev.nightjar.app.job.StateDirectory} and {@link dev.nightjar.app.job.Job}. Nothing here is
 * shared between threads.
 */
@NullMarked
package dev.nightjar.app.job;

import org.jspecify.annotations.NullMarked;
