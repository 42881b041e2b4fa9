package dev.nightjar.linux;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;

/** The process we are. */
public final class ThisProcess {
    private static final int IOPRIO_IDLE = 3 << 13;
    private static final int HUMBLEST = 19;
    private static final int CALLER = 0;
    private static final BytePath THREADS = BytePath.of("/proc/self/task");

    private ThisProcess() {}

    /** The process id, as events have it. */
    public static int pid() {
        return ProcessCalls.getpid();
    }

    /** The effective user id, unsigned in an int. */
    public static int uid() {
        return ProcessCalls.geteuid();
    }

    /** The effective group id, unsigned in an int. */
    public static int gid() {
        return ProcessCalls.getegid();
    }

    /** Whether a capability is in effect; in a user namespace that says little about file systems of the machine. */
    public static boolean hasCapability(Capability capability) throws LinuxException {
        String status = new String(ProcFile.read("/proc/self/status"), StandardCharsets.ISO_8859_1);
        return (effective(status) >>> capability.bit & 1) != 0;
    }

    static long effective(String status) {
        for (String line : status.split("\n")) {
            if (line.startsWith("CapEff:")) {
                return Long.parseUnsignedLong(line.substring("CapEff:".length()).strip(), 16);
            }
        }
        throw new IllegalStateException("/proc/self/status has no CapEff");
    }

    /** The arguments of the command line as bytes, which Java's own may have lost: the JVM's come first. */
    public static List<byte[]> commandLine() throws LinuxException {
        return split(ProcFile.read("/proc/self/cmdline"));
    }

    static List<byte[]> split(byte[] commandLine) {
        List<byte[]> arguments = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < commandLine.length; i++) {
            if (commandLine[i] == 0) {
                arguments.add(Arrays.copyOfRange(commandLine, start, i));
                start = i + 1;
            }
        }
        return Collections.unmodifiableList(arguments);
    }

    /**
     * Puts all threads into the idle I/O class: the disk is theirs when nobody else wants it. Threads started later take it
     * from the thread that starts them.
     */
    public static void idleIo() throws LinuxException {
        Scratch s = Scratch.get();
        forEachThread("ioprio_set", thread -> ProcessCalls.ioprioSet(s, thread, IOPRIO_IDLE));
    }

    /** Gives all threads a nice value (19 is the humblest); threads started later take it from the one that starts them. */
    public static void nice(int value) throws LinuxException {
        Scratch s = Scratch.get();
        forEachThread("setpriority", thread -> ProcessCalls.setpriority(s, thread, value));
    }

    /** {@link #idleIo} and the humblest nice value for the calling thread alone, which an ordinary user cannot take back. */
    public static void humbleThread() throws LinuxException {
        Scratch s = Scratch.get();
        check("ioprio_set", ProcessCalls.ioprioSet(s, CALLER, IOPRIO_IDLE));
        check("setpriority", ProcessCalls.setpriority(s, CALLER, HUMBLEST));
    }

    private static void check(String call, int result) throws LinuxException {
        if (result < 0) {
            throw LinuxException.of(call, "this thread", -result);
        }
    }

    private static void forEachThread(String call, IntUnaryOperator change) throws LinuxException {
        List<Integer> threads = new ArrayList<>();
        try (Directory directory = Directory.open(THREADS)) {
            directory.list((name, type) -> threads.add(Integer.valueOf(name.toString())));
        } catch (LinuxException e) {
            throw e;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (int thread : threads) {
            int result = change.applyAsInt(thread);
            if (result < 0 && result != -Errno.ESRCH) {
                throw LinuxException.of(call, "thread " + thread, -result);
            }
        }
    }
}
