package dev.nightjar.app.output;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The terminal of this process. Which descriptor is a terminal is read from {@code /proc/self/fd}, which costs nothing;
 * modes and size are set and asked through {@code stty}, which every Debian has, and only when a terminal is there.
 */
public final class ProcessTty implements Tty {
    @Override
    public boolean isTerminal(int descriptor) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor)).toString();
            return link.startsWith("/dev/pts/") || link.startsWith("/dev/tty") || link.equals("/dev/console");
        } catch (IOException _) {
            return false;
        }
    }

    @Override
    public Optional<Integer> columns() {
        if (!isTerminal(1) && !isTerminal(2)) {
            return Optional.empty();
        }
        try {
            String[] rowsAndColumns = stty(List.of("size")).split(" ", 2);
            int columns = Integer.parseInt(rowsAndColumns[rowsAndColumns.length - 1]);
            return columns > 0 ? Optional.of(columns) : Optional.empty();
        } catch (IOException | NumberFormatException _) {
            return Optional.empty();
        }
    }

    @Override
    public Restore quietKeys() throws IOException {
        return change(List.of("-icanon", "-echo", "min", "1", "time", "0"));
    }

    @Override
    public Restore hideTyping() throws IOException {
        return change(List.of("-echo"));
    }

    private static Restore change(List<String> modes) throws IOException {
        AtomicReference<@Nullable String> before = new AtomicReference<>(stty(List.of("-g")));
        stty(modes);
        return () -> {
            String saved = before.getAndSet(null);
            if (saved != null) {
                try {
                    stty(List.of(saved));
                } catch (IOException _) {
                    // The terminal is gone; there is nothing to give back.
                }
            }
        };
    }

    private static String stty(List<String> arguments) throws IOException {
        var command = new java.util.ArrayList<>(List.of("stty", "-F", "/dev/tty"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        process.getOutputStream().close();
        String answer = new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
        try {
            if (!process.waitFor(2, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroy();
                throw new IOException("stty " + String.join(" ", arguments) + " failed");
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return answer;
    }
}
