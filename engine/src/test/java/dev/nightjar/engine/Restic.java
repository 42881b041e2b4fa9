package dev.nightjar.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** restic itself, from Debian, as the oracle. */
record Restic(Path repository, Path password) {

    /** Runs it; fails the test unless it exits 0. Returns what it printed. */
    String run(String... arguments) throws IOException, InterruptedException {
        Result result = tryRun(arguments);
        if (result.exit != 0) {
            throw new AssertionError(String.join(" ", arguments) + " exited " + result.exit + ":\n" + result.output);
        }
        return result.output;
    }

    /** Runs it; false if somebody's lock is in the way. Fails the test if anything else is. */
    boolean succeeds(String... arguments) throws IOException, InterruptedException {
        Result result = tryRun(arguments);
        if (result.exit != 0 && !result.output.contains("already locked")) {
            throw new AssertionError(String.join(" ", arguments) + " exited " + result.exit + ":\n" + result.output);
        }
        return result.exit == 0;
    }

    private record Result(int exit, String output) {}

    private Result tryRun(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of("restic", "--no-cache", "-r", repository.toString(), "--password-file", password.toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }

    /** Reads everything there is and checks it. */
    void check() throws IOException, InterruptedException {
        run("check", "--read-data");
    }

    /** The last number of that name in a JSON text. */
    static long number(String json, String name) {
        Matcher matcher = Pattern.compile("\"" + name + "\":(\\d+)").matcher(json);
        long found = -1;
        while (matcher.find()) {
            found = Long.parseLong(matcher.group(1));
        }
        return found;
    }
}
