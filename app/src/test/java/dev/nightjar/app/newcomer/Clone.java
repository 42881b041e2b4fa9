package dev.nightjar.app.newcomer;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Objects;

/** A copy of this working tree that was never built, readable by all. */
record Clone(Path directory) {
    /** What a command printed, and how it ended. */
    record Outcome(int exit, String output) {}

    static Clone make(Path parent) throws IOException, InterruptedException {
        String root = Objects.requireNonNull(System.getProperty("nightjar.root"), "nightjar.root");
        Path directory = Files.createDirectory(parent.resolve("nightjar"));
        Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
        Outcome copied = run(
                "tar -C \"$FROM\" --exclude=./.git --exclude=./.build --exclude=target -c . | tar -C \"$TO\" -x",
                Map.of("FROM", root, "TO", directory.toString()));
        if (copied.exit() != 0) {
            throw new IOException(copied.output());
        }
        return new Clone(directory);
    }

    /** Runs a shell command to its end, without a terminal. */
    static Outcome run(String command, Map<String, String> environment) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("sh", "-c", command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectInput(Path.of("/dev/null").toFile());
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Outcome(process.waitFor(), output);
    }
}
