package dev.nightjar.app.invocation;

/** How signals are heard; in a test, how they are made up. */
@FunctionalInterface
public interface Signals {
    /** No signal ever comes. */
    Signals NONE = (name, action) -> {};

    /**
     * From now on runs the action, on a thread of the JVM's, when the signal arrives.
     *
     * @param name without SIG: {@code INT}, {@code TERM}, {@code USR1}
     */
    void on(String name, Runnable action);
}
