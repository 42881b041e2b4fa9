package dev.nightjar.feed.model;

import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A feed in a process of its own, to be stopped and killed. */
final class FeedProcess implements AutoCloseable {
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    private FeedProcess(Process process) {
        this.process = process;
        this.to = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), StandardCharsets.UTF_8));
        this.from = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    /** Starts one, and returns when it watches. */
    static FeedProcess start(WatcherChoice watcher, Path state, BytePath root) throws IOException {
        FeedProcess feed =
                new FeedProcess(Programs.start(FeedProcess.class, watcher.name(), state.toString(), root.toString()));
        try {
            feed.answer();
        } catch (IOException e) {
            feed.close();
            throw e;
        }
        return feed;
    }

    /** Waits until all that was changed before is in its catalog, and no gap is left. */
    void settle() throws IOException {
        overflows();
    }

    /** The same; says how often the kernel has dropped events until now. */
    int overflows() throws IOException {
        to.write("settle\n");
        to.flush();
        return answer();
    }

    private int answer() throws IOException {
        String line = from.readLine();
        if (line == null || !line.matches("\\d+")) {
            throw new IOException("the feed's process said " + line);
        }
        return Integer.parseInt(line);
    }

    /** SIGSTOP; returns when it stands still. */
    void stop() throws IOException, InterruptedException {
        signal("STOP");
        while (!Files.readString(Path.of("/proc/" + process.pid() + "/stat")).matches("(?s).*\\) T .*")) {
            LockSupport.parkNanos(100_000);
        }
    }

    /** SIGCONT. */
    void goOn() throws IOException, InterruptedException {
        signal("CONT");
    }

    private void signal(String signal) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("sh", "-c", "kill -" + signal + " " + process.pid())
                .inheritIO()
                .start();
        if (kill.waitFor() != 0) {
            throw new IOException("the feed's process could not be sent SIG" + signal);
        }
    }

    /** Watches until killed; answers each line with the number of overflows when all is settled. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        FeedOptions options = new FeedOptions(
                Path.of(arguments[1]),
                List.of(BytePath.of(arguments[2])),
                Names.selection(),
                List.of(),
                WatcherChoice.valueOf(arguments[0]),
                Timing.DEFAULT,
                InstantSource.system());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        try (ChangeFeed feed = ChangeFeed.open(options)) {
            feed.start();
            do {
                System.out.println(feed.counters().overflows());
                System.out.flush();
            } while (in.readLine() != null && settle(feed));
        }
    }

    private static boolean settle(ChangeFeed feed) throws IOException, InterruptedException {
        BarrierResult barrier = feed.barrier();
        for (int i = 0; i < ModelRun.PATIENCE && !barrier.complete(); i++) {
            feed.awaitHealed();
            barrier = feed.barrier();
        }
        if (!barrier.complete()) {
            System.out.println("gaps after healing: " + barrier.gaps());
        }
        return barrier.complete();
    }

    /** SIGKILL. */
    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        var _ = process.onExit().join().exitValue();
        from.close();
    }
}
