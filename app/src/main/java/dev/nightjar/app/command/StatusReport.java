package dev.nightjar.app.command;

import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.JobDirectory;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.engine.LastCommit;
import dev.nightjar.engine.ProblemReport;
import dev.nightjar.engine.WaitingReason;
import dev.nightjar.feed.AuditResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.FeedStatus;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** How a job is, as the JSON object that {@code status --json} prints and {@link StatusText} shows. */
final class StatusReport {
    private static final int SHOWN = 20;

    private StatusReport() {}

    /** Of a job that this process runs. */
    static JsonObject of(Console console, Job job, JobDirectory directory, ChangeFeed feed, BackupJob running)
            throws IOException {
        JobStatus status = running.status();
        JsonObject json = head(console, job, directory, verdict(status))
                .put("running", true)
                .put("pid", ProcessHandle.current().pid())
                .put("state", status.state().name().toLowerCase(Locale.ROOT));
        if (status.lastSnapshot() != null) {
            json.put("last_snapshot", status.lastSnapshot().hex());
        }
        time(console, json, "safe_up_to", status.safeUpTo());
        json.put("pending_changes", status.pendingChanges()).put("pending_bytes", status.pendingBytes());
        time(console, json, "pending_since", status.pendingSince());
        time(console, json, "next_commit", status.nextCommit());
        json.put("problems", status.problems());
        if (status.waiting() != null) {
            json.put("waiting_reason", WaitingText.word(status.waiting()));
        }
        WaitingReason waiting = status.waiting();
        json.putIfKnown(
                "message",
                waiting == null ? status.message() : WaitingText.words(waiting, status.message(), job.repository()));
        time(console, json, "waiting_since", status.waitingSince());
        JobEvent.FirstBackupProgress progress = status.progress();
        if (progress != null) {
            json.put(
                    "progress",
                    new JsonObject()
                            .put("percent", ProgressText.percent(progress))
                            .put("files_done", progress.filesDone())
                            .put("files_total", progress.filesTotal())
                            .put("bytes_done", progress.bytesDone())
                            .put("bytes_total", progress.bytesTotal()));
        }
        return feed(console, json, feed);
    }

    /** Of a job that nobody runs and that has no catalog yet. */
    static JsonObject stopped(Console console, Job job, JobDirectory directory) {
        return head(console, job, directory, "stopped").put("running", false);
    }

    /** Of a job that nobody runs, from its catalog. */
    static JsonObject stopped(Console console, Job job, JobDirectory directory, ChangeFeed feed) throws IOException {
        JsonObject json = stopped(console, job, directory);
        LastCommit last = LastCommit.of(feed);
        if (last != null) {
            json.put("last_snapshot", last.snapshot().hex());
            time(console, json, "safe_up_to", last.safeUpTo());
        }
        return feed(console, json, feed);
    }

    private static JsonObject head(Console console, Job job, JobDirectory directory, String verdict) {
        JsonObject json = JsonObject.message("status")
                .put("verdict", verdict)
                .put("job", job.name())
                .put("job_id", directory.id())
                .put("time", Figures.rfc3339(console.clock().instant(), console.zone()))
                .put(
                        "roots",
                        job.roots().stream()
                                .map(root -> new JsonObject().putPath("path", root.toArgument()))
                                .toList());
        return job.repository() == null ? json : json.putPath("repository", job.repository());
    }

    private static String verdict(JobStatus status) {
        return switch (status.state()) {
            case STARTING, FIRST_BACKUP, SAVING -> "saving";
            case WATCHING -> status.safeUpTo() == null ? "saving" : "safe";
            case WAITING ->
                switch (status.waiting()) {
                    case NO_SPACE, DENIED -> "needs_you";
                    case null -> "waiting";
                    case AWAY, LOCKED, TROUBLE -> "waiting";
                };
            case QUESTION, STOPPED -> "stopped";
        };
    }

    private static JsonObject feed(Console console, JsonObject json, ChangeFeed opened) throws IOException {
        FeedStatus feed = opened.status();
        ProblemReport unsaved = ProblemReport.of(opened, console.clock().instant());
        AuditResult audit = opened.lastAudit();
        if (audit != null) {
            JsonObject last = new JsonObject();
            time(console, last, "time", audit.time());
            last.put("entries", audit.entries()).put("found", audit.found()).put("not_compared", audit.notCompared());
            json.put("audit", last);
        }
        json.put(
                "questions",
                feed.roots().stream()
                        .map(FeedStatus.Root::question)
                        .filter(Objects::nonNull)
                        .map(question -> QuestionText.json(console, question))
                        .toList());
        json.put("entries", feed.entries())
                .put("looks_pending", feed.pending())
                .put("scanning", feed.scanning())
                .put(
                        "watching",
                        feed.watching().stream()
                                .map(one -> new JsonObject()
                                        .put("filesystem", one.filesystem())
                                        .put("watcher", one.watcher().name().toLowerCase(Locale.ROOT))
                                        .put("watches", one.watches()))
                                .toList())
                .put(
                        "sources",
                        feed.roots().stream()
                                .map(root -> new JsonObject()
                                        .putPath("path", root.path().toArgument())
                                        .put("state", root.state().name().toLowerCase(Locale.ROOT)))
                                .toList())
                .put(
                        "gaps",
                        feed.gaps().stream()
                                .map(gap -> {
                                    JsonObject one = new JsonObject();
                                    if (gap.scope() != null) {
                                        one.putPath("path", gap.scope().toArgument());
                                    }
                                    one.put("reason", gap.reason().name().toLowerCase(Locale.ROOT));
                                    time(console, one, "since", gap.since());
                                    return one.put("healing", gap.healing());
                                })
                                .toList())
                .put("unread_count", unsaved.count())
                .put(
                        "unread",
                        unsaved.first().stream()
                                .limit(SHOWN)
                                .map(problem -> new JsonObject()
                                        .putPath("path", problem.path().toArgument())
                                        .put("message", problem.reason()))
                                .toList())
                .put(
                        "left_out",
                        feed.leftOut().stream()
                                .map(path -> new JsonObject().putPath("path", path.toArgument()))
                                .toList())
                .put("warnings", List.copyOf(feed.warnings()));
        return json;
    }

    private static void time(Console console, JsonObject json, String name, @Nullable Instant time) {
        if (time != null) {
            json.put(name, Figures.rfc3339(time, console.zone()));
        }
    }
}
