package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.restore.Overwrite;
import dev.nightjar.repository.restore.Problem;
import dev.nightjar.repository.restore.RestoreListener;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.tree.NodeType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a restore says: a living line while it goes on, then what was restored, what was kept, what went wrong. One for all
 * tasks of a command; told by the threads of one restore at a time, one call at a time.
 */
final class RestoreText implements RestoreListener {
    private static final int FEW = 10;
    private static final int SHOWN = 9;
    private static final long INTERVAL_NANOS = 250_000_000;

    private final Console console;
    private final Overwrite overwrite;
    private final boolean verified;
    private final List<BytePath> restored = new ArrayList<>();
    private final List<BytePath> keptPaths = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Problem.Reason, Long> problemCounts = new EnumMap<>(Problem.Reason.class);
    private final List<RestoreTask> tasks = new ArrayList<>();
    private BytePath into = BytePath.root();
    private long files;
    private long unchanged;
    private long directories;
    private long others;
    private long bytes;
    private long kept;
    private RestoreReport.@Nullable Stop stopped;
    private long told = System.nanoTime();

    RestoreText(Console console, Overwrite overwrite, boolean verified) {
        this.console = console;
        this.overwrite = overwrite;
        this.verified = verified;
    }

    /** What is told from now on is of this task. */
    void begin(RestoreTask task) {
        tasks.add(task);
        into = task.into();
    }

    /** The task has ended. */
    void ended(RestoreReport report) {
        directories += report.directories();
        others += report.others();
        bytes += report.bytes();
        kept += report.kept();
        if (stopped == null) {
            stopped = report.stopped();
        }
        report.keptPaths().stream().limit(FEW).forEach(path -> keptPaths.add(into.resolve(path)));
        for (Problem problem : report.problems()) {
            problems.add(new Problem(into.resolve(problem.path()), problem.reason(), problem.detail()));
        }
        report.problemCounts().forEach((reason, count) -> problemCounts.merge(reason, count, Long::sum));
    }

    /** Whether nothing more can be restored. */
    boolean isStopped() {
        return stopped != null;
    }

    @Override
    public void entry(BytePath path, NodeType type, Outcome outcome, long written) {
        if (type == NodeType.DIRECTORY) {
            return;
        }
        if (outcome == Outcome.UNCHANGED) {
            unchanged++;
        }
        if (outcome != Outcome.RESTORED) {
            return;
        }
        files++;
        if (console.verbose()) {
            if (console.json()) {
                console.answer(JsonObject.message("restored")
                        .putPath("path", into.resolve(path).toArgument())
                        .put("type", type.word()));
            } else {
                console.answer(place(into.resolve(path)));
            }
        } else if (restored.size() <= FEW) {
            restored.add(into.resolve(path));
        }
        long now = System.nanoTime();
        if (now - told >= INTERVAL_NANOS) {
            told = now;
            console.live("Restoring   " + Figures.count(files, "file") + "   " + Figures.size(bytes + written)
                    + "\n      "
                    + Quoting.shorten(place(into.resolve(path)), Math.min(console.width(), 200) - 7));
        }
    }

    private String place(BytePath path) {
        return console.path(path.toArgument());
    }

    /** @param at the time that was asked for */
    ExitCode answer(@Nullable Moment at, Duration took) throws CommandException {
        if (stopped == RestoreReport.Stop.NO_SPACE) {
            throw new CommandException(RestoreVerb.full(into));
        }
        if (console.json()) {
            json(at, took);
        } else {
            text(at, took);
        }
        if (stopped == RestoreReport.Stop.INTERRUPTED) {
            return ExitCode.INTERRUPTED;
        }
        return problemCount() > 0 ? ExitCode.PARTLY : ExitCode.DONE;
    }

    private long problemCount() {
        return problemCounts.values().stream().mapToLong(Long::longValue).sum();
    }

    private void json(@Nullable Moment at, Duration took) {
        for (Problem problem : problems) {
            console.answer(JsonObject.message("problem")
                    .putPath("path", problem.path().toArgument())
                    .put("reason", problem.reason().name().toLowerCase(Locale.ROOT))
                    .put("message", problem.detail()));
        }
        JsonObject summary = JsonObject.message("summary");
        if (tasks.size() == 1) {
            RestoreTask task = tasks.getFirst();
            if (task.snapshot().id() != null) {
                summary.put("snapshot", task.snapshot().id().hex());
            }
            summary.putPath("into", task.into().toArgument());
        }
        if (at != null) {
            summary.put("at", Figures.rfc3339(at.last(), console.zone()));
        }
        console.answer(summary.put("files_restored", files - others)
                .put("directories_restored", directories)
                .put("others_restored", others)
                .put("bytes_restored", bytes)
                .put("files_unchanged", unchanged)
                .put("files_kept", kept)
                .put("problems", problemCount())
                .putSeconds("seconds", took));
    }

    private void text(@Nullable Moment at, Duration took) {
        String proof = !verified ? " Not verified." : problemCount() == 0 ? " All verified." : "";
        console.answer("Restored " + Figures.count(files, "file") + ", " + Figures.size(bytes) + ", in "
                + Figures.took(took) + "." + (files == 0 ? "" : proof));
        tasks.stream()
                .map(task -> task.source(console, at))
                .distinct()
                .forEach(source -> console.answer("From " + source));
        if (!restored.isEmpty() && !console.verbose()) {
            console.answer("");
            int shown = files > FEW ? SHOWN : FEW;
            restored.stream().limit(shown).forEach(path -> console.answer("  " + place(path)));
            if (files > shown) {
                console.answer("  and " + Figures.count(files - shown) + " more; list: -v");
            }
        }
        if (unchanged > 0) {
            console.answer(Figures.count(unchanged, "file was", "files were") + " there already, unchanged.");
        }
        if (kept > 0) {
            kept();
        }
        if (problemCount() > 0) {
            problems();
        }
    }

    private void kept() {
        console.answer("");
        console.answer("Kept what was there instead of " + Figures.count(kept, "file") + ":");
        keptPaths.stream().limit(SHOWN).forEach(path -> console.answer("  " + place(path)));
        if (kept > SHOWN) {
            console.answer("  and " + Figures.count(kept - SHOWN) + " more");
        }
        if (overwrite == Overwrite.NEVER) {
            console.hint("To replace them: --overwrite if-changed, or choose another --into.");
        }
    }

    private void problems() {
        console.error("nightjar: " + Figures.count(problemCount(), "problem") + " while restoring into "
                + Quoting.quote(into.toArgument()));
        for (Problem problem : problems.stream().limit(SHOWN).toList()) {
            console.error("  " + place(problem.path()) + "  " + words(problem.reason()) + " ("
                    + Quoting.oneLine(problem.detail()) + ")");
        }
        if (problemCount() > SHOWN) {
            for (Map.Entry<Problem.Reason, Long> one : problemCounts.entrySet()) {
                console.error("  in all: " + Figures.count(one.getValue()) + " x " + words(one.getKey()));
            }
        }
        boolean onlyOwners = problemCounts.keySet().stream()
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
