package dev.nightjar.repository;

import org.jspecify.annotations.Nullable;

/**
 * The machine a repository is used from: what its clock of the day does not say, and which of its processes live. Safe for
 * use by several threads.
 */
public interface Machine {
    /** The one we run on. */
    Machine THIS = new ThisMachine();

    /** Nanoseconds since some instant; they stand still while the machine sleeps. */
    long nanos();

    /** Milliseconds that grow by as much as the machine has slept; where they count from is no matter. */
    long sleptMillis();

    /** Waits so many nanoseconds, less if the thread is interrupted. */
    void pause(long nanos);

    /** The run of the machine: a text that is another after each start. */
    String boot();

    /** The space our process ids are of: containers of one machine may each have a process 7. */
    String processes();

    /** The id of this process. */
    long pid();

    /** When a process of our space was started, in ticks since the machine was; null if there is no such process. */
    @Nullable
    Long started(long pid);
}
