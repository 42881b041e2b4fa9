package dev.nightjar.app;

import dev.nightjar.app.invocation.Invocation;
import dev.nightjar.app.invocation.Signals;
import dev.nightjar.app.output.Tty;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/** Runs command lines inside the test's process. */
public final class Cli {
    private final Path directory;
    private final Map<String, String> environment = new HashMap<>();
    private InstantSource clock = InstantSource.system();

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

    /** What the clock says to commands that are run from now on. */
    public Cli at(InstantSource now) {
        clock = now;
        return this;
    }

    public Outcome run(String... arguments) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        int code = Main.run(invocation(out, err, Signals.NONE, _ -> {}), List.of(arguments));
        return new Outcome(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** Begins a command on a thread of its own. */
    public Running start(String... arguments) {
        Running running = new Running();
        Invocation invocation = invocation(running.out, running.err, running, running.halted::complete);
        running.begin(invocation, List.of(arguments));
        return running;
    }

    private Invocation invocation(OutputStream out, OutputStream err, Signals signals, IntConsumer halt) {
        return new Invocation(
                environment,
                InputStream.nullInputStream(),
                out,
                err,
                directory,
                Tty.NONE,
                signals,
                clock,
                ZoneOffset.UTC,
                new SecureRandom(),
                halt);
    }

    /** A command that goes on. */
    public static final class Running implements Signals {
        private static final long PATIENCE = 30;

        private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
        private final CompletableFuture<Integer> ended = new CompletableFuture<>();
        private final CompletableFuture<Integer> halted = new CompletableFuture<>();
        private final Heard out = new Heard();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private int seen;

        private void begin(Invocation invocation, List<String> arguments) {
            Thread.ofPlatform().daemon().start(() -> ended.complete(Main.run(invocation, arguments)));
        }

        @Override
        public void on(String name, Runnable action) {
            actions.put(name, action);
        }

        /** A signal comes. */
        public void raise(String name) {
            Objects.requireNonNull(actions.get(name), name).run();
        }

        /** Waits until stdout has a line with this, after the line that was waited for before; returns it. */
        public String expect(String part) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE);
            synchronized (out) {
                while (true) {
                    List<String> lines =
                            out.toString(StandardCharsets.UTF_8).lines().toList();
                    for (int i = seen; i < lines.size(); i++) {
                        if (lines.get(i).contains(part)) {
                            seen = i + 1;
                            return lines.get(i);
                        }
                    }
                    long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
                    if (left <= 0) {
                        throw new AssertionError("no " + part + " in\n" + out + err);
                    }
                    out.wait(left);
                }
            }
        }

        /** Waits for its end. */
        public int code() throws Exception {
            return ended.get(PATIENCE, TimeUnit.SECONDS);
        }

        /** Waits for it to end the process. */
        public int halted() throws Exception {
            return halted.get(PATIENCE, TimeUnit.SECONDS);
        }

        private static final class Heard extends ByteArrayOutputStream {
            @Override
            public synchronized void write(byte[] bytes, int offset, int length) {
                super.write(bytes, offset, length);
                notifyAll();
            }
        }
    }
}
