package dev.nightjar.feed.model;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;

/** A feed in a process of its own, to be killed. */
final class FeedProcess implements AutoCloseable {
    private final Process process;

    private FeedProcess(Process process) {
        this.process = process;
    }

    /** Starts one, and returns when it watches. */
    static FeedProcess start(WatcherChoice watcher, Path state, BytePath root) throws IOException {
        Process process = Programs.start(FeedProcess.class, watcher.name(), state.toString(), root.toString());
        FeedProcess feed = new FeedProcess(process);
        BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        String line = out.readLine();
        if (!"watching".equals(line)) {
            feed.close();
            throw new IOException("the feed's process said " + line);
        }
        return feed;
    }

    /** Watches until killed. */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        FeedOptions options = new FeedOptions(
                Path.of(arguments[1]),
                List.of(BytePath.of(arguments[2])),
                Names.selection(),
                List.of(),
                WatcherChoice.valueOf(arguments[0]),
                Timing.DEFAULT,
                InstantSource.system());
        try (ChangeFeed feed = ChangeFeed.open(options)) {
            feed.start();
            System.out.println("watching");
            System.out.flush();
            while (System.in.read() >= 0) {
                feed.barrier();
            }
        }
    }

    /** SIGKILL. */
    @Override
    public void close() {
        process.destroyForcibly();
        var _ = process.onExit().join().exitValue();
    }
}
