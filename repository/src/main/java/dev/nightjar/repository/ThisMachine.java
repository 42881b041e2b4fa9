package dev.nightjar.repository;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Asks /proc (proc(5)). */
final class ThisMachine implements Machine {
    private static final Path PROC = Path.of("/proc");

    /** Two clocks are read one after the other; a thread may be kept waiting in between. */
    private static final long CLOSE_TOGETHER = TimeUnit.MILLISECONDS.toNanos(20);

    private static final int TRIES = 5;

    /** The field of /proc/PID/stat that says when the process was started, counted from after the name. */
    private static final int START_TIME = 19;

    @Override
    public long nanos() {
        return System.nanoTime();
    }

    /** /proc/uptime counts sleep, nanoTime does not. */
    @Override
    public long sleptMillis() {
        for (int attempt = 1; ; attempt++) {
            long before = System.nanoTime();
            String uptime = read("uptime");
            long after = System.nanoTime();
            if (after - before < CLOSE_TOGETHER || attempt == TRIES) {
                int end = uptime.indexOf(' ');
                double seconds = end < 0 ? 0 : Double.parseDouble(uptime.substring(0, end));
                return (long) (seconds * 1000) - TimeUnit.NANOSECONDS.toMillis(after);
            }
        }
    }

    /** parkNanos may return early. */
    @Override
    public void pause(long nanos) {
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0 && !Thread.currentThread().isInterrupted(); left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public String boot() {
        return read("sys/kernel/random/boot_id").strip();
    }

    @Override
    public String processes() {
        try {
            return Files.readSymbolicLink(PROC.resolve("self/ns/pid")).toString();
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public long pid() {
        return ProcessHandle.current().pid();
    }

    @Override
    public @Nullable Long started(long pid) {
        String stat = read(pid + "/stat");
        String[] fields = stat.substring(stat.lastIndexOf(')') + 1).strip().split(" ");
        return fields.length > START_TIME ? Long.valueOf(fields[START_TIME]) : null;
    }

    /** Empty if it is not there. */
    private static String read(String file) {
        try {
            return Files.readString(PROC.resolve(file), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
