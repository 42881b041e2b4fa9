package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.Symbol;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The line at the bottom of a terminal: {@code ● safe, all saved 4 min ago   2 changes, saving in 0:52   12,906 files}.
 *
 * @param next after how long its words may differ
 */
record LiveLine(String text, Duration next) {
    private static final Duration SOON = Duration.ofSeconds(1);
    private static final Duration LATER = Duration.ofSeconds(15);

    static LiveLine of(Console console, ChangeFeed feed, BackupJob job) throws IOException {
        JobStatus status = job.status();
        Instant now = console.clock().instant();
        String files = "   " + Figures.count(feed.status().entries(), "name");
        int width = Math.min(console.width(), 200) - 1;
        return switch (status.state()) {
            case STARTING, FIRST_BACKUP, STOPPED -> new LiveLine("", SOON);
            case SAVING ->
                new LiveLine(
                        console.sign(Symbol.SAVING) + " saving "
                                + Figures.count(Math.max(1, status.pendingChanges()), "change") + files,
                        SOON);
            case WAITING ->
                new LiveLine(
                        console.sign(Symbol.WAITING)
                                + Quoting.shorten(
                                        " waiting" + since(console, status.waitingSince()) + pending(status, now)
                                                + files,
                                        width),
                        LATER);
            case QUESTION ->
                new LiveLine(
                        console.sign(Symbol.STOPPED)
                                + Quoting.shorten(" waiting for an answer" + pending(status, now), width),
                        LATER);
            case WATCHING -> watching(console, status, now, files);
        };
    }

    private static LiveLine watching(Console console, JobStatus status, Instant now, String files) {
        Instant safe = status.safeUpTo();
        String saved = safe == null ? "" : " saved " + Figures.ago(safe, now, console.zone());
        boolean idle = status.pendingChanges() == 0;
        String text =
                console.sign(Symbol.SAFE) + " safe," + (idle ? " all" : "") + saved + pending(status, now) + files;
        boolean fresh = safe != null && Duration.between(safe, now).toSeconds() < 60;
        return new LiveLine(text, idle && !fresh ? LATER : SOON);
    }

    private static String pending(JobStatus status, Instant now) {
        if (status.pendingChanges() == 0) {
            return "";
        }
        String changes = "   " + Figures.count(status.pendingChanges(), "change");
        Instant next = status.nextCommit();
        return next == null ? changes + " kept" : changes + ", saving in " + Figures.clock(Duration.between(now, next));
    }

    private static String since(Console console, @Nullable Instant since) {
        return since == null ? "" : " since " + Figures.clock(since, console.zone());
    }
}
