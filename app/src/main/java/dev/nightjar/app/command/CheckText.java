package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.check.CheckError;
import dev.nightjar.repository.check.CheckReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What {@code nightjar check} says: what is wrong, which files and snapshots that concerns, and what to do. */
final class CheckText {
    private static final int PATHS_SHOWN = 9;
    private static final int SNAPSHOTS_SHOWN = 3;
    /** More ids than that do not fit a command line that people want to read. */
    private static final int PACKS_NAMED = 5;

    private final Console console;
    private final String place;
    private final boolean everything;

    /**
     * The text of one check.
     *
     * @param place the repository, as it was named
     * @param everything whether all data was read
     */
    CheckText(Console console, String place, boolean everything) {
        this.console = console;
        this.place = place;
        this.everything = everything;
    }

    void text(CheckReport report, Duration took) {
        console.answer(
                report.isSound()
                        ? "Nothing is wrong with " + console.path(place) + "."
                        : Figures.count(report.errorCount(), "error") + " in " + console.path(place) + ":");
        report.errors().forEach(this::error);
        long unlisted = report.errorCount() - report.errors().size();
        if (unlisted > 0) {
            console.answer("");
            console.answer("  and " + Figures.count(unlisted, "error") + " more");
        }
        report.hints().forEach(hint -> console.answer("  note: " + Quoting.oneLine(hint)));
        console.answer("");
        console.answer("Checked " + Figures.count(report.snapshots(), "snapshot") + ", "
                + Figures.count(report.packs(), "pack") + ", " + Figures.count(report.trees(), "tree") + ", "
                + Figures.count(report.files(), "file")
                + (report.packsRead() > 0 || everything
                        ? ", read " + Figures.count(report.packsRead(), "pack") + " with "
                                + Figures.size(report.bytesRead())
                        : "")
                + ", in " + Figures.took(took) + ".");
        if (report.isSound() && !everything) {
            console.hint("Not all data was read: nightjar check --read-data");
        }
        if (!report.isSound()) {
            advice(report);
        }
    }

    private void error(CheckError error) {
        console.answer("");
        console.answer("  " + error.subject() + ": " + Quoting.oneLine(error.detail()));
        int shown = console.verbose() ? error.paths().size() : PATHS_SHOWN;
        String lead = "    affected: ";
        for (BytePath path : error.paths().stream().limit(shown).toList()) {
            console.answer(lead + console.path(path.toArgument()));
            lead = "              ";
        }
        long more = error.pathCount() - Math.min(shown, error.paths().size());
        if (more > 0) {
            console.answer(lead + "and " + Figures.count(more) + " more");
        }
        snapshots(error);
    }

    private void snapshots(CheckError error) {
        List<Snapshot> all = error.snapshots();
        if (all.isEmpty()) {
            return;
        }
        int shown = console.verbose() ? all.size() : SNAPSHOTS_SHOWN;
        console.answer("    in " + Figures.count(error.snapshotCount(), "snapshot") + ": "
                + all.stream().limit(shown).map(this::named).collect(Collectors.joining("; "))
                + (error.snapshotCount() > shown ? "; ..." : ""));
    }

    private String named(Snapshot snapshot) {
        Id id = snapshot.id();
        return (id == null ? "" : id.shortHex()) + " of " + Quoting.oneLine(snapshot.hostname()) + ", "
                + Figures.day(snapshot.time(), console.clock().instant(), console.zone());
    }

    /** What to do, in the order in which it helps. */
    private void advice(CheckReport report) {
        List<String> packs = new ArrayList<>();
        List<String> useless = new ArrayList<>();
        boolean index = false;
        for (CheckError error : report.errors()) {
            Id id = error.id();
            switch (error.kind()) {
                case PACK, PACK_SIZE -> packs.add(id == null ? "" : id.shortHex());
                case INDEX, PACK_MISSING, BLOB_MISSING, TREE, NODE -> index = true;
                case SNAPSHOT -> useless.add("snapshots/" + (id == null ? "" : id.hex()));
                case KEY -> useless.add("keys/" + (id == null ? "" : id.hex()));
            }
        }
        List<String> steps = new ArrayList<>();
        if (!packs.isEmpty()) {
            String names = packs.size() > PACKS_NAMED ? "ID..." : String.join(" ", packs);
            steps.add("nightjar repair packs " + names + "     saves what is whole in them");
        }
        if (index) {
            steps.add("nightjar repair index     names what is there, and drops what is gone");
        }
        if (index || !packs.isEmpty()) {
            steps.add("nightjar backup     uploads again what the sources still have of it");
            steps.add("nightjar repair snapshots -n     shows what is lost then");
        }
        useless.stream()
                .limit(PACKS_NAMED)
                .forEach(file ->
                        steps.add("rm " + console.path(place + "/" + file) + "     is of no use to anybody any more"));
        console.answer("All that is not named above can be restored. Keep the sources as they are.");
        String lead = "Do:  ";
        for (String step : steps) {
            console.answer(lead + step);
            lead = "     ";
        }
    }

    void json(CheckReport report, Duration took) {
        for (CheckError error : report.errors()) {
            JsonObject json = JsonObject.message("error")
                    .put("kind", error.kind().name().toLowerCase(Locale.ROOT))
                    .put("subject", error.subject());
            Id id = error.id();
            if (id != null) {
                json.put("id", id.hex()).put("short_id", id.shortHex());
            }
            console.answer(json.put("message", error.detail())
                    .put("affected_count", error.pathCount())
                    .put(
                            "affected",
                            error.paths().stream()
                                    .map(path -> new JsonObject().putPath("path", path.toArgument()))
                                    .toList())
                    .put("snapshot_count", error.snapshotCount())
                    .put("snapshots", error.snapshots().stream().map(this::json).toList()));
        }
        report.hints().forEach(hint -> console.answer(JsonObject.message("note").put("message", hint)));
        console.answer(JsonObject.message("summary")
                .put("num_errors", report.errorCount())
                .put("snapshots", report.snapshots())
                .put("index_files", report.indexFiles())
                .put("packs", report.packs())
                .put("trees", report.trees())
                .put("files", report.files())
                .put("packs_read", report.packsRead())
                .put("bytes_read", report.bytesRead())
                .putSeconds("seconds", took));
    }

    private JsonObject json(Snapshot snapshot) {
        JsonObject json = new JsonObject();
        Id id = snapshot.id();
        if (id != null) {
            json.put("id", id.hex()).put("short_id", id.shortHex());
        }
        return json.put("time", Figures.rfc3339(snapshot.time(), console.zone()))
                .put("hostname", snapshot.hostname());
    }
}
