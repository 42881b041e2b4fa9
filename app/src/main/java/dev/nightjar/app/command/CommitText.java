package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.engine.FileProblem;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a commit did, as JSON, as text, and as an exit code. */
final class CommitText {
    private static final int SHOWN = 9;

    private CommitText() {}

    /** The object that scripts rely on: {@code commit}, or {@code unchanged} when there was nothing to save. */
    static JsonObject json(CommitReport report) {
        CommitReport.Work work = report.work();
        JsonObject json;
        switch (report) {
            case CommitReport.Committed committed ->
                json = JsonObject.message("commit")
                        .put("snapshot", committed.snapshot().hex())
                        .put("changes", committed.changes());
            case CommitReport.NothingToDo nothing -> {
                json = JsonObject.message("unchanged");
                if (nothing.snapshot() != null) {
                    json.put("snapshot", nothing.snapshot().hex());
                }
                json.put("changes", 0);
            }
        }
        json.put("directories_listed", work.directoriesListed())
                .put("files_read", work.filesRead())
                .put("bytes_read", work.bytesRead())
                .put("bytes_written", work.bytesWritten())
                .putSeconds("seconds", work.time());
        if (report instanceof CommitReport.Committed committed) {
            json.put("short_id", committed.snapshot().shortHex()).put("first", committed.first());
            if (committed.files() >= 0) {
                json.put("files", committed.files()).put("bytes", committed.bytes());
            }
        }
        if (report.problemCount() > 0) {
            json.put("problems", report.problemCount());
            json.put(
                    "problem_files",
                    report.problems().stream()
                            .limit(100)
                            .map(CommitText::problem)
                            .toList());
        }
        return json;
    }

    private static JsonObject problem(FileProblem problem) {
        return new JsonObject().putPath("path", problem.path().toArgument()).put("reason", problem.reason());
    }

    /** Shows the object to whoever asked for the backup. */
    static ExitCode answer(Console console, String job, JsonObject json) {
        long problems = json.number("problems", 0);
        if (console.json()) {
            console.answer(json);
        } else {
            String snapshot = json.string("short_id");
            if (snapshot != null) {
                console.answer("saved " + snapshot + "  " + summary(json));
            } else {
                String last = json.string("snapshot");
                console.answer("Nothing changed"
                        + (last == null
                                ? ", there is nothing to save."
                                : " since snapshot " + last.substring(0, 8) + "."));
            }
            if (problems > 0) {
                problems(console, json, problems, snapshot);
            }
        }
        return problems > 0 ? ExitCode.PARTLY : ExitCode.DONE;
    }

    /** {@code 3 changes, 84 KiB, 0.4 s}, or {@code first backup, 12,904 files, 1.9 GiB in 1:05}. */
    static String summary(JsonObject json) {
        String took = Figures.took(Duration.ofMillis(Math.round(json.decimal("seconds", 0) * 1000)));
        if (json.flag("first") && json.has("files")) {
            return "first backup, " + Figures.count(json.number("files", 0), "file") + ", "
                    + Figures.size(json.number("bytes", 0)) + " in " + took;
        }
        return Figures.count(json.number("changes", 0), "change") + ", " + Figures.size(json.number("bytes_written", 0))
                + ", " + took;
    }

    private static void problems(Console console, JsonObject json, long count, @Nullable String snapshot) {
        List<JsonObject> files = json.objects("problem_files");
        String lead = snapshot == null ? "" : "saved " + snapshot + ", but ";
        console.error("nightjar: " + lead + Figures.count(count, "file") + " could not be read");
        for (JsonObject file : files.stream().limit(SHOWN).toList()) {
            String path = file.path("path");
            console.error("  " + console.path(path == null ? "" : path) + "  (" + file.string("reason") + ")");
        }
        if (count > SHOWN) {
            console.error("  and " + Figures.count(count - SHOWN) + " more");
        }
        console.error("  Do:  make them readable, or leave them out (nightjar help excludes)");
    }
}
