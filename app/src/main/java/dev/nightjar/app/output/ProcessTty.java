package dev.nightjar.app.output;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
        return terminal(descriptor).isPresent();
    }

    private static Optional<String> terminal(int descriptor) {
        try {
            String link = Files.readSymbolicLink(Path.of("/proc/self/fd/" + descriptor))
                    .toString();
            boolean terminal =
                    link.startsWith("/dev/pts/") || link.startsWith("/dev/tty") || link.equals("/dev/console");
            return terminal ? Optional.of(link) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    @Override
    public Optional<Integer> columns() {
        Optional<String> terminal = terminal(0).or(() -> terminal(1)).or(() -> terminal(2));
        if (terminal.isEmpty()) {
            return Optional.empty();
        }
        try {
            String[] rowsAndColumns = stty(terminal.get(), List.of("size")).split(" ", 2);
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
        String terminal = terminal(0).orElseThrow(() -> new IOException("stdin is no terminal"));
        AtomicReference<@Nullable String> before = new AtomicReference<>(stty(terminal, List.of("-g")));
        stty(terminal, modes);
        return () -> {
            String saved = before.getAndSet(null);
            if (saved != null) {
                try {
                    stty(terminal, List.of(saved));
                } catch (IOException _) {
                    // The terminal is gone; there is nothing to give back.
                }
            }
        };
    }

    private static String stty(String terminal, List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("stty"));
        command.addAll(arguments);
        Process process = new ProcessBuilder(command)
                // Under su or setpriv the terminal is another user's: our descriptor works, its name cannot be opened.
                .redirectInput(
                        terminal(0).isPresent()
                                ? ProcessBuilder.Redirect.INHERIT
                                : ProcessBuilder.Redirect.from(new File(terminal)))
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
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
