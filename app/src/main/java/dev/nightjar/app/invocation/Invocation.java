package dev.nightjar.app.invocation;

import dev.nightjar.app.output.ProcessTty;
import dev.nightjar.app.output.RawText;
import dev.nightjar.app.output.Tty;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;

/**
 * Everything a command is started with.
 *
 * @param environment names and values as {@link RawText}
 * @param directory the working directory
 * @param random for passwords
 * @param halt ends the process at once with this exit code
 */
public record Invocation(
        Map<String, String> environment,
        InputStream in,
        OutputStream out,
        OutputStream err,
        Path directory,
        Tty tty,
        Signals signals,
        InstantSource clock,
        ZoneId zone,
        SecureRandom random,
        IntConsumer halt) {

    private static final int BUFFER = 16 * 1024;

    /** How this process was started. */
    public static Invocation ofProcess() {
        return new Invocation(
                environmentOfProcess(),
                new FileInputStream(FileDescriptor.in),
                new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), BUFFER),
                new FileOutputStream(FileDescriptor.err),
                Path.of("").toAbsolutePath(),
                new ProcessTty(),
                new ProcessSignals(),
                InstantSource.system(),
                ZoneId.systemDefault(),
                new SecureRandom(),
                Runtime.getRuntime()::halt);
    }

    /**
     * The arguments as the kernel has them. Java decodes them by the locale and loses what does not fit; the bytes are
     * the last {@code args.length} items of {@code /proc/self/cmdline}.
     */
    public static List<String> argumentsOfProcess(String[] args) {
        List<String> items;
        try {
            items = items(Path.of("/proc/self/cmdline"));
        } catch (IOException _) {
            return List.of(args);
        }
        return items.size() < args.length
                ? List.of(args)
                : List.copyOf(items.subList(items.size() - args.length, items.size()));
    }

    private static Map<String, String> environmentOfProcess() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        try {
            for (String item : items(Path.of("/proc/self/environ"))) {
                int equals = item.indexOf('=');
                if (equals > 0) {
                    environment.put(item.substring(0, equals), item.substring(equals + 1));
                }
            }
        } catch (IOException _) {
            // Java's own reading of it has to do.
        }
        if (Boolean.getBoolean("nightjar.ascii")) {
            environment.put("LC_ALL", "C"); // the launcher chose UTF-8 for file names; the terminal has less
        }
        return environment;
    }

    /** The items of a file in which each ends with a NUL. */
    private static List<String> items(Path file) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        List<String> items = new ArrayList<>();
        int start = 0;
        for (int i = 0; i < bytes.length; i++) {
            if (bytes[i] == 0) {
                items.add(RawText.decode(java.util.Arrays.copyOfRange(bytes, start, i)));
                start = i + 1;
            }
        }
        return items;
    }

    /** The user runs as root. */
    public boolean isRoot() {
        try {
            return Integer.valueOf(0).equals(Files.getAttribute(Path.of("/proc/self"), "unix:uid"));
        } catch (IOException | UnsupportedOperationException _) {
            return false;
        }
    }
}
