package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.Overwrite;
import dev.nightjar.repository.restore.Problem;
import dev.nightjar.repository.restore.RestoreListener;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.tree.NodeType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What a restore says: a living line while it goes on, then what was restored, what was kept, what went wrong. */
final class RestoreText implements RestoreListener {
    private static final int SHOWN = 9;
    private static final long INTERVAL_NANOS = 250_000_000;

    private final Console console;
    private final Path destination;
    private final Overwrite overwrite;
    private final List<BytePath> restored = new ArrayList<>();
    private long files;
    private long told = System.nanoTime();

    RestoreText(Console console, Path destination, Overwrite overwrite) {
        this.console = console;
        this.destination = destination;
        this.overwrite = overwrite;
    }

    @Override
    public void entry(BytePath path, NodeType type, Outcome outcome, long bytes) {
        if (outcome != Outcome.RESTORED || type == NodeType.DIRECTORY) {
            return;
        }
        files++;
        if (console.verbose() && !console.json()) {
            console.answer(place(path));
        } else if (restored.size() <= SHOWN) {
            restored.add(path);
        }
        long now = System.nanoTime();
        if (now - told >= INTERVAL_NANOS) {
            told = now;
            console.live("Restoring   " + Figures.count(files, "file") + "   " + Figures.size(bytes) + "\n      "
                    + Quoting.shorten(place(path), Math.min(console.width(), 200) - 7));
        }
    }

    private String place(BytePath path) {
        return console.path(BytePath.of(destination.toString()).resolve(path).toArgument());
    }

    ExitCode answer(Snapshot snapshot, RestoreReport report, Duration took) throws CommandException {
        if (report.stopped() == RestoreReport.Stop.NO_SPACE) {
            throw new CommandException(RestoreVerb.full(destination));
        }
        if (console.json()) {
            json(snapshot, report, took);
        } else {
            text(report, took);
        }
        if (report.stopped() == RestoreReport.Stop.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        return report.problemCount() > 0 ? ExitCode.PARTLY : ExitCode.DONE;
    }

    private void json(Snapshot snapshot, RestoreReport report, Duration took) {
        for (Problem problem : report.problems()) {
            console.answer(JsonObject.message("problem")
                    .putPath(
                            "path",
                            BytePath.of(destination.toString())
                                    .resolve(problem.path())
                                    .toArgument())
                    .put("reason", problem.reason().name().toLowerCase(Locale.ROOT))
                    .put("message", problem.detail()));
        }
        JsonObject summary = JsonObject.message("summary");
        if (snapshot.id() != null) {
            summary.put("snapshot", snapshot.id().hex());
        }
        console.answer(summary.putPath("into", destination.toString())
                .put("files_restored", report.files())
                .put("directories_restored", report.directories())
                .put("others_restored", report.others())
                .put("bytes_restored", report.bytes())
                .put("files_unchanged", report.unchanged())
                .put("files_kept", report.kept())
                .put("problems", report.problemCount())
                .putSeconds("seconds", took));
    }

    private void text(RestoreReport report, Duration took) {
        long count = report.files() + report.others();
        String verified = report.problemCount() == 0 ? " All verified." : "";
        console.answer("Restored " + Figures.count(count, "file") + ", " + Figures.size(report.bytes()) + ", in "
                + Figures.took(took) + "." + (count == 0 ? "" : verified));
        if (!restored.isEmpty() && !console.verbose()) {
            console.answer("");
            restored.stream().limit(SHOWN).forEach(path -> console.answer("  " + place(path)));
            if (count > SHOWN) {
                console.answer("  and " + Figures.count(count - SHOWN) + " more; list: -v");
            }
        }
        if (report.unchanged() > 0) {
            console.answer(Figures.count(report.unchanged(), "file was", "files were") + " there already, unchanged.");
        }
        if (report.kept() > 0) {
            kept(report);
        }
        if (report.problemCount() > 0) {
            problems(report);
        }
    }

    private void kept(RestoreReport report) {
        console.answer("");
        console.answer("Kept what was there instead of " + Figures.count(report.kept(), "file") + ":");
        report.keptPaths().stream().limit(SHOWN).forEach(path -> console.answer("  " + place(path)));
        if (report.kept() > SHOWN) {
            console.answer("  and " + Figures.count(report.kept() - SHOWN) + " more");
        }
        if (overwrite == Overwrite.NEVER) {
            console.hint("To replace them: --overwrite if-changed, or choose another --into.");
        }
    }

    private void problems(RestoreReport report) {
        console.error("nightjar: " + Figures.count(report.problemCount(), "problem") + " while restoring into "
                + Quoting.quote(destination.toString()));
        for (Problem problem : report.problems().stream().limit(SHOWN).toList()) {
            console.error("  " + place(problem.path()) + "  " + words(problem.reason()) + " ("
                    + Quoting.oneLine(problem.detail()) + ")");
        }
        if (report.problemCount() > SHOWN) {
            for (Map.Entry<Problem.Reason, Long> one : report.problemCounts().entrySet()) {
                console.error("  in all: " + Figures.count(one.getValue()) + " x " + words(one.getKey()));
            }
        }
        boolean onlyOwners = report.problemCounts().keySet().stream()
                .allMatch(reason -> reason == Problem.Reason.OWNER || reason == Problem.Reason.ATTRIBUTE);
        if (onlyOwners) {
            console.error("  The contents are whole and verified; only root may give files to other owners.");
        }
    }

    private static String words(Problem.Reason reason) {
        return switch (reason) {
            case OWNER -> "owner not set";
            case ATTRIBUTE -> "extended attribute not set";
            case MODE -> "permissions not set";
            case TIMES -> "times not set";
            case IN_THE_WAY -> "something else is in the way";
            case DAMAGED -> "damaged in the repository, not restored";
            case UNREADABLE -> "the repository could not be read";
            case IMPOSSIBLE -> "cannot exist here";
            case SIZE_DIFFERS -> "restored, but its size is not the recorded one";
            case DENIED -> "permission denied";
            case NO_SPACE -> "no room";
            case REFUSED -> "refused by the system";
        };
    }
}
