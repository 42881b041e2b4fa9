package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A job in a process of its own, to be killed. It says which snapshot it made. */
final class BackupProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader from;

    private BackupProcess(Process process) {
        this.process = process;
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one on the house whose parts are below {@code base}. */
    static BackupProcess start(Path base) throws IOException {
        return new BackupProcess(new ProcessBuilder(List.of(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "--enable-native-access=ALL-UNNAMED",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        BackupProcess.class.getName(),
                        base.toString()))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** SIGKILL, or SIGTERM. Process.destroy would close what it said, too. */
    void kill(boolean hard) {
        ProcessHandle handle = process.toHandle();
        var _ = hard ? handle.destroyForcibly() : handle.destroy();
    }

    /** Waits until it ends; returns the snapshot it made, or null if it made none. */
    @Nullable
    Id await() throws IOException, InterruptedException {
        Id last = null;
        for (String line = from.readLine(); line != null; line = from.readLine()) {
            last = Id.parseOrNull(line);
        }
        process.waitFor();
        return last;
    }

    /** Commits once. Stops as the program does when it is asked to. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        try (House house = new House(Path.of(arguments[0]))) {
            BackupJob job = house.job();
            Thread main = Thread.currentThread();
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                job.stop(false);
                try {
                    main.join();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            System.out.println(House.snapshot(house.backup()).hex());
            System.out.flush();
            Runtime.getRuntime().halt(0);
        }
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        var _ = process.onExit().join().exitValue();
        from.close();
    }
}
