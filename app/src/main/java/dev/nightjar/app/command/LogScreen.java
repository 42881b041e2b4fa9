package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.engine.JobEvent.FirstBackupProgress;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One line of key=value per event; while nothing happens nothing is written. */
final class LogScreen implements RunScreen {
    private enum Level {
        INFO(6),
        WARN(4);

        private final int priority; // of syslog(3)

        Level(int priority) {
            this.priority = priority;
        }
    }

    private static final Duration RARELY = Duration.ofMinutes(5);
    private static final int STEP = 10;

    private final Console console;
    private final JobSetup setup;
    private final boolean journal;
    private @Nullable ChangeFeed feed;
    private volatile @Nullable FirstBackupProgress latest;
    private Duration told = Duration.ZERO;
    private int toldPercent;

    LogScreen(Session session, JobSetup setup, boolean journal) {
        this.console = session.console();
        this.setup = setup;
        this.journal = journal;
        session.invocation().signals().on("USR1", this::tellProgress);
    }

    @Override
    public void begin(ChangeFeed opened, BackupJob job) {
        feed = opened;
    }

    @Override
    public void notice(String line) {
        say(Level.INFO, "notice message=" + value(line));
    }

    @Override
    public void stopping(boolean byKey) {}

    @Override
    public void on(JobEvent event) {
        switch (event) {
            case FirstBackupProgress progress -> progress(progress);
            case JobEvent.Committed committed -> saved(committed.report());
            case JobEvent.Watching watching -> {
                for (BytePath root : watching.roots()) {
                    say(Level.INFO, "watching source=" + value(root.toArgument()) + " by=" + watchers());
                }
            }
            case JobEvent.Waiting waiting ->
                say(
                        Level.WARN,
                        "waiting target=" + value(String.valueOf(setup.job().repository())) + " reason="
                                + WaitingText.word(waiting.reason()) + " message="
                                + value(WaitingText.words(
                                        waiting.reason(),
                                        waiting.message(),
                                        setup.job().repository())));
            case JobEvent.Back back ->
                say(
                        Level.INFO,
                        "back target=" + value(String.valueOf(setup.job().repository())) + " after="
                                + back.away().toSeconds() + "s");
            case JobEvent.ProblemFound found ->
                say(
                        Level.WARN,
                        "problem file=" + value(found.problem().path().toArgument()) + " reason="
                                + value(found.problem().reason()));
            case JobEvent.QuestionOpen question ->
                say(
                        Level.WARN,
                        "waiting source=" + value(question.root().toArgument()) + " reason=root-changed message="
                                + value(question.message())
                                + (question.question() == null
                                        ? ""
                                        : " question=" + question.question().id()));
            case JobEvent.QuestionClosed question ->
                say(Level.INFO, "back source=" + value(question.root().toArgument()));
            case JobEvent.Stopping stopping -> say(Level.INFO, "stopping changes=" + stopping.changes());
        }
    }

    @Override
    public void ended(JobStatus status) {
        if (status.pendingChanges() > 0) {
            say(Level.WARN, "stopped unsaved=" + status.pendingChanges());
        }
    }

    private void saved(CommitReport.Committed report) {
        CommitReport.Work work = report.work();
        String size = report.files() >= 0
                ? " files=" + report.files() + " bytes=" + report.bytes()
                : " changes=" + report.changes();
        String problems = report.problemCount() > 0 ? " problems=" + report.problemCount() : "";
        say(
                report.problemCount() > 0 ? Level.WARN : Level.INFO,
                "saved snapshot=" + report.snapshot().shortHex() + size + " written=" + work.bytesWritten()
                        + String.format(
                                Locale.ROOT, " seconds=%.1f", work.time().toMillis() / 1000.0) + problems);
    }

    /** A line every ten percent or five minutes, whichever is rarer. */
    private void progress(FirstBackupProgress progress) {
        latest = progress;
        int percent = ProgressText.percent(progress);
        boolean late = progress.elapsed().minus(told).compareTo(RARELY) >= 0;
        if (late && percent >= toldPercent + STEP) {
            told = progress.elapsed();
            toldPercent = percent;
            tellProgress();
        }
    }

    private void tellProgress() {
        FirstBackupProgress progress = latest;
        if (progress != null) {
            say(
                    Level.INFO,
                    "saving percent=" + ProgressText.percent(progress) + " files=" + progress.filesDone() + "/"
                            + progress.filesTotal() + " bytes=" + progress.bytesDone() + "/" + progress.bytesTotal());
        }
    }

    private String watchers() {
        ChangeFeed opened = feed;
        try {
            return opened == null
                    ? ""
                    : opened.status().watching().stream()
                            .map(FeedStatus.Watching::watcher)
                            .distinct()
                            .map(watcher -> watcher.name().toLowerCase(Locale.ROOT))
                            .collect(Collectors.joining(","));
        } catch (IOException _) {
            return "unknown";
        }
    }

    private void say(Level level, String event) {
        console.answer(
                journal
                        ? "<" + level.priority + ">" + event
                        : Figures.logTime(console.clock().instant(), console.zone()) + " " + level + " " + event);
        console.flush();
    }

    /** A value that stays one word. */
    private static String value(String text) {
        String line = Quoting.quote(text);
        return line.isEmpty() ? "''" : line;
    }

    @Override
    public void close() {}
}
