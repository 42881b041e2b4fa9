package dev.nightjar.repository;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A machine of a test's making, on which waiting takes no time. Safe for use by several threads. */
public final class TestMachine implements Machine {
    private final Map<Long, Long> processes = new HashMap<>();
    private long pid;
    private long nanos;
    private long slept;
    private String boot = "boot-1";
    private String space = "pid:[1]";

    public TestMachine() {
        become(100, 1000);
    }

    /** From now on we are this process. */
    public synchronized void become(long id, long startedAt) {
        pid = id;
        processes.put(id, startedAt);
    }

    /** Lets time pass. */
    public synchronized void pass(long nanoseconds) {
        nanos += nanoseconds;
    }

    /** Sleeps, as a laptop does. */
    public synchronized void sleep(long millis) {
        slept += millis;
    }

    /** Starts again. */
    public synchronized void reboot() {
        boot += "1";
        processes.clear();
        become(pid, 1000);
    }

    /** As seen in another container. */
    public synchronized void moveTo(String otherSpace) {
        space = otherSpace;
    }

    /** A process ends. */
    public synchronized void end(long id) {
        processes.remove(id);
    }

    @Override
    public synchronized long nanos() {
        return nanos;
    }

    @Override
    public synchronized long sleptMillis() {
        return slept;
    }

    @Override
    public synchronized void pause(long nanoseconds) {
        nanos += nanoseconds;
    }

    @Override
    public synchronized String boot() {
        return boot;
    }

    @Override
    public synchronized String processes() {
        return space;
    }

    @Override
    public synchronized long pid() {
        return pid;
    }

    @Override
    public synchronized @Nullable Long started(long id) {
        return processes.get(id);
    }
}
