package dev.nightjar.app;

import dev.nightjar.app.invocation.Invocation;
import dev.nightjar.app.invocation.Signals;
import dev.nightjar.app.output.Tty;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Runs command lines inside the test's process. */
public final class Cli {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();

    /** Commands run in this directory, and keep their state in {@code state} below it. */
    public Cli(Path directory) {
        this.directory = directory;
        environment.put("NIGHTJAR_STATE", directory.resolve("state").toString());
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** How a command ended. */
    public record Outcome(int code, String out, String err) {}

    public Cli with(String name, String value) {
        environment.put(name, value);
        return this;
    }

    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Invocation invocation = new Invocation(
                environment,
                InputStream.nullInputStream(),
                out,
                err,
                directory,
                Tty.NONE,
                Signals.NONE,
                InstantSource.system(),
                ZoneOffset.UTC,
                new SecureRandom(),
                code -> {});
        int code = Main.run(invocation, List.of(arguments));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
}
