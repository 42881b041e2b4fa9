package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.AuditFinding;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What an audit found, as JSON and for people. */
final class AuditText {
    private AuditText() {}

    static JsonObject json(AuditFinding finding) {
        return JsonObject.message("finding")
                .putPath("path", finding.path().toArgument())
                .put("type", finding.directory() ? "dir" : "file")
                .put("difference", word(finding.difference()))
                .put(
                        "attributes",
                        finding.attributes().stream()
                                .sorted()
                                .map(AuditText::word)
                                .toList())
                .put("cause", word(finding.cause()))
                .put("message", words(finding.cause()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    /** Why nothing told of it, as a clause. */
    private static String words(AuditFinding.Cause cause) {
        return switch (cause) {
            case NOT_WATCHED -> "its directory is not watched (fs.inotify.max_user_watches)";
            case MEMORY_MAPPING -> "written through a memory mapping";
            case LOOP_DEVICE -> "written by a loop device";
            case OPEN_FOR_WRITING -> "a program has it open, and may write without events";
            case NEVER_RESTS -> "it changes all the time";
            case LINKED_OUTSIDE -> "changed by another of its names, outside what inotify watches";
            case INODE_FLAGS -> "its attributes were changed by chattr";
            case MISSED -> "an event was missed";
        };
    }

    /** What is wrong with the row, in few words. */
    private static String difference(JsonObject finding) {
        return switch (String.valueOf(finding.string("difference"))) {
            case "not_on_disk" -> "not on disk";
            case "not_in_catalog" -> "not in the catalog";
            case "left_out" -> "left out, but in the catalog";
            default -> String.join(", ", finding.strings("attributes"));
        };
    }

    /**
     * The answer: the verdict first, then what was found, each with its likely cause.
     *
     * @param findings those that are shown
     * @param notCompared names that are shown
     */
    static List<String> lines(
            Console console, JsonObject audit, List<JsonObject> findings, List<JsonObject> notCompared) {
        List<String> lines = new ArrayList<>();
        long found = audit.number("found", 0);
        long entries = audit.number("entries", 0);
        String verdict = entries == 0
                ? "nothing was compared."
                : Figures.count(entries, "name") + " compared, " + (found == 0 ? "nothing" : Figures.count(found))
                        + " missed.";
        lines.add("Audit of " + sources(console, audit) + ": " + verdict);
        if (found > 0) {
            lines.add("");
            Table table = new Table("", "", "");
            for (JsonObject finding : findings) {
                String slash = "dir".equals(finding.string("type")) ? "/" : "";
                table.row(
                        "  " + console.path(String.valueOf(finding.path("path"))) + slash,
                        difference(finding),
                        String.valueOf(finding.string("message")));
            }
            lines.addAll(table.lines().subList(1, findings.size() + 1));
            more(lines, found - findings.size());
        }
        long unknown = audit.number("not_compared", 0);
        if (unknown > 0) {
            lines.add("");
            lines.add("Not compared: " + Figures.count(unknown, "name") + " and what is below");
            for (JsonObject one : notCompared) {
                lines.add("  " + console.path(String.valueOf(one.path("path"))) + "  ("
                        + Quoting.oneLine(String.valueOf(one.string("message"))) + ")");
            }
            more(lines, unknown - notCompared.size());
        }
        if (found > 0) {
            lines.add("");
            lines.add(Figures.count(found) + " found, " + Figures.count(found) + " queued again.");
        }
        return lines;
    }

    private static void more(List<String> lines, long more) {
        if (more > 0) {
            lines.add("  and " + Figures.count(more) + " more; list: -v");
        }
    }

    /** The answer where nobody watched: no claim about events. */
    static List<String> healedLines(Console console, JsonObject audit) {
        String sources = sources(console, audit);
        return List.of(
                "Nothing watches " + sources + ", so whether an event was missed cannot be said.",
                "Looked through all " + Figures.count(audit.number("entries", 0), "name") + " instead: "
                        + Figures.count(audit.number("healed", 0), "change") + " found, and taken into the catalog.");
    }

    private static String sources(Console console, JsonObject audit) {
        List<String> paths = audit.objects("sources").stream()
                .map(source -> console.path(String.valueOf(source.path("path"))))
                .toList();
        return String.join(", ", paths);
    }
}
