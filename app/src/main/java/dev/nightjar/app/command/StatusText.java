package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.Symbol;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A status report for people: the verdict first, then what it rests on. */
final class StatusText {
    private StatusText() {}

    static ExitCode exitCode(JsonObject report) {
        return switch (verdict(report)) {
            case "safe" -> unsaved(report) > 0 ? ExitCode.PARTLY : ExitCode.DONE;
            case "saving" -> report.has("safe_up_to") ? ExitCode.DONE : ExitCode.FAILED;
            case "waiting" -> ExitCode.DONE;
            default -> ExitCode.FAILED;
        };
    }

    /** {@code ● Safe. Everything you changed up to 14:05 is in /mnt/nas/documents.} */
    static String headline(Console console, JsonObject report) {
        String target = target(console, report);
        String upTo = clock(console, report, "safe_up_to");
        long unsaved = unsaved(report);
        return switch (verdict(report)) {
            case "safe" -> {
                String safe = unsaved > 0 ? " Safe, except " + Figures.count(unsaved, "file") + "." : " Safe.";
                yield console.sign(Symbol.SAFE) + safe + " Everything you changed up to " + upTo + " is in " + target
                        + ".";
            }
            case "saving" -> console.sign(Symbol.SAVING) + " " + saving(report, target, upTo);
            case "waiting" ->
                console.sign(Symbol.WAITING) + " Waiting for " + target + since(console, report) + ": "
                        + text(report, "message") + ". Changes are kept.";
            case "needs_you" ->
                console.sign(Symbol.NEEDS_YOU) + " Not safe" + since(console, report) + ": " + text(report, "message")
                        + ".";
            default ->
                report.flag("running")
                        ? console.sign(Symbol.STOPPED) + " Stopped" + since(console, report) + ": "
                                + text(report, "message") + ". Nothing was deleted anywhere."
                        : console.sign(Symbol.STOPPED) + " Nightjar is not running. " + lastSafe(console, report);
        };
    }

    private static String lastSafe(Console console, JsonObject report) {
        if (!report.has("repository")) {
            return "Nothing of " + Quoting.oneLine(text(report, "job")) + " is saved anywhere.";
        }
        Instant safe = time(report, "safe_up_to");
        if (safe == null) {
            return "Nothing is in " + target(console, report) + " yet.";
        }
        long unsaved = unsaved(report);
        return "Last safe " + Figures.moment(safe, console.clock().instant(), console.zone())
                + (unsaved > 0 ? ", except " + Figures.count(unsaved, "file") : "") + ".";
    }

    private static String saving(JsonObject report, String target, String upTo) {
        JsonObject progress = report.object("progress");
        if (progress != null) {
            return "Saving: first backup, " + progress.number("percent", 0) + "%, "
                    + Figures.count(progress.number("files_done", 0)) + " of "
                    + Figures.count(progress.number("files_total", 0), "file") + ".";
        }
        if (report.has("safe_up_to")) {
            return "Saving " + Figures.count(Math.max(1, report.number("pending_changes", 0)), "change")
                    + "; all up to " + upTo + " is in " + target + ".";
        }
        return "Saving: looking at what is there; nothing is in " + target + " yet.";
    }

    static List<String> lines(Console console, JsonObject report) {
        List<String> lines = new ArrayList<>();
        lines.add(headline(console, report));
        String remedy = remedy(console, report);
        if (!remedy.isEmpty()) {
            lines.add("  " + remedy);
        }
        lines.add("");
        String sources = report.objects("roots").stream()
                .map(root -> console.path(String.valueOf(root.path("path"))))
                .collect(Collectors.joining(", "));
        lines.add(pad(text(report, "job"), 12)
                + sources
                + (report.has("entries") ? "   " + Figures.count(report.number("entries", 0), "name") : ""));
        if (report.flag("running")) {
            lines.add("  seen      " + watching(report) + ", " + looks(report));
            lines.add("  target    " + target(console, report) + "   " + pending(console, report));
        } else if (report.has("repository")) {
            String snapshot = text(report, "last_snapshot");
            lines.add("  target    " + target(console, report)
                    + (snapshot.isEmpty() ? "" : "   last snapshot " + snapshot.substring(0, 8)));
        }
        for (JsonObject question : report.objects("questions")) {
            lines.add("  question  " + Quoting.oneLine(text(question, "message")));
            lines.add("            " + QuestionText.remedy(question));
        }
        unread(console, report, lines);
        proof(console, report, lines);
        if (console.verbose()) {
            details(console, report, lines);
        }
        return lines;
    }

    private static String remedy(Console console, JsonObject report) {
        String sources = report.objects("roots").stream()
                .map(root -> console.path(String.valueOf(root.path("path"))))
                .collect(Collectors.joining(" "));
        return switch (verdict(report)) {
            case "stopped" ->
                report.flag("running")
                        ? "Put it back or mount it, and Nightjar goes on by itself."
                        : report.has("repository")
                                ? "Do:  nightjar run " + sources
                                : "Do:  nightjar run " + sources + " --to REPO";
            case "needs_you" ->
                "Nothing was lost; "
                        + Figures.count(report.number("pending_changes", 0), "change waits", "changes wait")
                        + " here. Nightjar goes on by itself when it can.";
            default -> "";
        };
    }

    private static String watching(JsonObject report) {
        String by = report.objects("watching").stream()
                .map(one -> text(one, "watcher") + " on " + filesystem(one))
                .distinct()
                .collect(Collectors.joining(", "));
        return by.isEmpty() ? "not watching yet" : by;
    }

    /** The type of the filesystem, when all that is known is the magic number before a colon (linux/magic.h). */
    private static String filesystem(JsonObject watching) {
        String known = text(watching, "filesystem");
        int colon = known.indexOf(':');
        return switch (colon < 0 ? "" : known.substring(0, colon)) {
            case "ef53" -> "ext4";
            case "58465342" -> "xfs";
            case "9123683e" -> "btrfs";
            case "1021994" -> "tmpfs";
            case "794c7630" -> "overlay";
            default -> known;
        };
    }

    private static String looks(JsonObject report) {
        if (report.flag("scanning")) {
            return "looking through all names";
        }
        long pending = report.number("looks_pending", 0);
        return pending == 0 ? "nothing pending" : Figures.count(pending, "name") + " to look at";
    }

    private static String pending(Console console, JsonObject report) {
        long changes = report.number("pending_changes", 0);
        Instant safe = time(report, "safe_up_to");
        Instant now = console.clock().instant();
        String saved = safe == null ? "nothing saved yet" : "saved " + Figures.ago(safe, now, console.zone());
        if (changes == 0) {
            return saved;
        }
        Instant next = time(report, "next_commit");
        return saved + ", " + Figures.count(changes, "change")
                + (next == null ? " kept" : ", saving in " + Figures.clock(Duration.between(now, next)));
    }

    private static void unread(Console console, JsonObject report, List<String> lines) {
        long count = report.number("unread_count", 0);
        if (count == 0) {
            return;
        }
        lines.add("  unread    " + Figures.count(count, "name"));
        for (JsonObject one : report.objects("unread")) {
            lines.add("            " + console.path(String.valueOf(one.path("path"))) + "  ("
                    + Quoting.oneLine(text(one, "message")) + ")");
        }
    }

    private static void proof(Console console, JsonObject report, List<String> lines) {
        JsonObject audit = report.object("audit");
        Instant time = audit == null ? null : time(audit, "time");
        if (audit != null && time != null) {
            lines.add("  proof     audit " + Figures.ago(time, console.clock().instant(), console.zone()) + ": "
                    + Figures.count(audit.number("found", 0)) + " missed");
        }
    }

    private static void details(Console console, JsonObject report, List<String> lines) {
        for (JsonObject one : report.objects("watching")) {
            lines.add("  watches   " + Figures.count(one.number("watches", 0)) + " " + text(one, "watcher") + " on "
                    + filesystem(one));
        }
        for (JsonObject gap : report.objects("gaps")) {
            String path = gap.path("path");
            lines.add("  gap       " + (path == null ? "everything" : console.path(path)) + ": "
                    + text(gap, "reason").toLowerCase(Locale.ROOT).replace('_', ' ')
                    + (gap.flag("healing") ? ", healing" : ""));
        }
        for (JsonObject out : report.objects("left_out")) {
            lines.add("  left out  " + console.path(String.valueOf(out.path("path"))) + "  (another filesystem)");
        }
        report.strings("warnings").forEach(warning -> lines.add("  note      " + Quoting.oneLine(warning)));
        if (report.has("pid")) {
            lines.add("  process   " + report.number("pid", 0));
        }
    }

    private static long unsaved(JsonObject report) {
        return Math.max(report.number("problems", 0), report.number("unread_count", 0));
    }

    private static String verdict(JsonObject report) {
        return text(report, "verdict");
    }

    private static String target(Console console, JsonObject report) {
        String repository = report.path("repository");
        return repository == null ? "no repository" : console.path(repository);
    }

    private static String since(Console console, JsonObject report) {
        Instant since = time(report, "waiting_since");
        return since == null ? "" : " since " + Figures.clock(since, console.zone());
    }

    private static String clock(Console console, JsonObject report, String name) {
        Instant time = time(report, name);
        return time == null ? "never" : Figures.clock(time, console.zone());
    }

    private static @Nullable Instant time(JsonObject report, String name) {
        String text = report.string(name);
        return text == null ? null : OffsetDateTime.parse(text).toInstant();
    }

    private static String text(JsonObject json, String name) {
        String text = json.string(name);
        return text == null ? "" : text;
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(2, width - text.length()));
    }
}
