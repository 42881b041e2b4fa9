package dev.nightjar.feed.model;

import dev.nightjar.linux.BytePath;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A {@link Mutator} in a process of its own. One run at a time. */
final class MutatorProcess implements AutoCloseable {
    /**
     * What a run did.
     *
     * @param linked inodes that were given a second name
     */
    record Done(Map<Operation, Integer> counts, Set<Long> linked) {}

    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    MutatorProcess() throws IOException {
        process = Programs.start(Mutator.class);
        to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Begins to change what is in a place; {@link #await} says when it is done. */
    void begin(long seed, int flood, int operations, boolean timid, BytePath place) throws IOException {
        to.write(seed + " " + flood + " " + operations + " " + timid + " " + place + "\n");
        to.flush();
    }

    /** Waits for the end of the run. */
    Done await() throws IOException {
        String line = from.readLine();
        if (line == null || !line.endsWith("done")) {
            throw new IOException("the mutator died: " + line);
        }
        Map<Operation, Integer> counts = new EnumMap<>(Operation.class);
        Set<Long> linked = new HashSet<>();
        for (String word : line.split(" ")) {
            int equals = word.indexOf('=');
            if (equals < 0 && !word.equals("done")) {
                linked.add(Long.parseLong(word));
            } else if (equals > 0) {
                counts.put(Operation.valueOf(word.substring(0, equals)), Integer.parseInt(word.substring(equals + 1)));
            }
        }
        return new Done(counts, linked);
    }

    @Override
    public void close() throws IOException {
        to.close();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        from.close();
    }
}
