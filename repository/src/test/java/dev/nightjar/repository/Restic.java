package dev.nightjar.repository;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The real restic, run on a repository in a directory. */
public final class Restic {
    private final Path repository;

    public Restic(Path repository) {
        this.repository = repository;
    }

    /** Runs it; it must succeed. Returns what it printed. */
    public String run(String... arguments) throws Exception {
        Result result = tryRun(arguments);
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output();
    }

    public record Result(int exit, String output) {}

    public Result tryRun(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of("restic", "--no-cache", "-r", repository.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("RESTIC_PASSWORD", "geheim");
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
