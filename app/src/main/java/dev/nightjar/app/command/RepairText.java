package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.repair.IndexRepair;
import dev.nightjar.repository.repair.PackRepair;
import dev.nightjar.repository.repair.RepairListener;
import dev.nightjar.repository.repair.SnapshotRepair;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What {@code nightjar repair} says. */
final class RepairText {
    private static final int SHOWN = 20;

    private final Console console;
    private final String place;
    private final boolean dryRun;

    RepairText(Console console, String place, boolean dryRun) {
        this.console = console;
        this.place = place;
        this.dryRun = dryRun;
    }

    static String progress(RepairListener.Stage stage, long done, long total) {
        String of = Figures.count(done) + " of " + Figures.count(total);
        return switch (stage) {
            case INDEX -> "Reading index files: " + of;
            case HEADERS -> "Reading headers of packs: " + of;
            case BLOBS -> "Copying blobs: " + of;
            case SNAPSHOTS -> "Looking at snapshots: " + of;
        };
    }

    /** The index was repaired; {@code result} is null if nothing was done. */
    void index(IndexRepair.Plan plan, long blobsGone, IndexRepair.@Nullable Result result) {
        console.live("");
        List<Id> bad =
                result == null ? List.of() : result.bad().stream().sorted().toList();
        long added = result == null ? plan.headers().size() : result.added();
        if (console.json()) {
            console.answer(JsonObject.message("index")
                    .put("dry_run", dryRun)
                    .put("index_files_unreadable", plan.unreadable().size())
                    .put("index_files_rewritten", plan.rewritten().size())
                    .put("packs_added", added)
                    .put("packs_gone", plan.gone().size())
                    .put("blobs_gone", blobsGone)
                    .put("packs_bad", bad.stream().map(Id::hex).toList()));
            return;
        }
        if (plan.isEmpty()) {
            console.answer("The index of " + console.path(place) + " is right as it is.");
            return;
        }
        console.answer((dryRun ? "Would put right" : "Put right") + " the index of " + console.path(place) + ":");
        line(plan.unreadable().size(), "index file that cannot be read", "index files that cannot be read");
        line(added, "pack read into it from its own header", "packs read into it from their own headers");
        line(
                plan.gone().size(),
                "pack that is gone, with " + Figures.count(blobsGone, "blob"),
                "packs that are gone, with " + Figures.count(blobsGone, "blob"));
        for (Id pack : bad) {
            console.answer("  pack " + pack.shortHex() + " has no header that can be read; it stays, in no index");
        }
        if (!plan.gone().isEmpty() || !bad.isEmpty()) {
            console.answer("Do:  " + (dryRun ? "nightjar repair index, then " : "")
                    + "nightjar backup     uploads again what the sources still have");
            console.answer("     nightjar repair snapshots -n     shows what is lost then");
        }
    }

    private void line(long count, String one, String many) {
        if (count > 0) {
            console.answer("  " + Figures.count(count, one, many));
        }
    }

    void packs(PackRepair.Result result) {
        console.live("");
        if (console.json()) {
            console.answer(JsonObject.message("packs")
                    .put("blobs_copied", result.copied())
                    .put("blobs_lost", result.lost()));
            return;
        }
        console.answer("Copied " + Figures.count(result.copied(), "blob") + " into new packs; "
                + Figures.count(result.lost(), "blob") + " could not be read.");
        if (result.lost() > 0) {
            console.answer("Do:  nightjar backup     uploads again what the sources still have");
            console.answer("     nightjar repair snapshots -n     shows what is lost then");
        }
    }

    void snapshots(SnapshotRepair.Result result, boolean forget) {
        console.live("");
        if (console.json()) {
            json(result);
            return;
        }
        if (result.damaged().isEmpty()) {
            console.answer("No snapshot in " + console.path(place) + " has lost anything.");
        }
        if (result.lostCount() > 0) {
            console.answer((dryRun ? "Would leave out " : "Left out ") + Figures.count(result.lostCount(), "path")
                    + " that cannot be read:");
            int shown = console.verbose() ? result.lost().size() : SHOWN;
            for (SnapshotRepair.Lost one : result.lost().stream().limit(shown).toList()) {
                console.answer("  " + console.path(one.path().toArgument())
                        + (one.directory() ? "/     the directory stays, empty" : ""));
            }
            long more = result.lostCount() - Math.min(shown, result.lost().size());
            if (more > 0) {
                console.answer("  and " + Figures.count(more) + " more" + (console.verbose() ? "" : "; list: -v"));
            }
        }
        result.damaged().forEach(one -> snapshot(one, forget));
        for (Id id : result.unreadable()) {
            console.answer("snapshot " + id.shortHex() + " cannot be read itself. Do:  rm "
                    + console.path(place + "/snapshots/" + id.hex()));
        }
        if (dryRun && !result.damaged().isEmpty()) {
            console.answer("Do:  nightjar backup     uploads again what the sources still have; first");
            console.answer("     nightjar repair snapshots [--forget]     then makes snapshots without the rest");
        }
    }

    private void snapshot(SnapshotRepair.Damaged one, boolean forget) {
        Id id = one.snapshot().id();
        String lead = "snapshot " + (id == null ? "" : id.shortHex()) + " of "
                + Quoting.oneLine(one.snapshot().hostname()) + ", "
                + Figures.day(one.snapshot().time(), console.clock().instant(), console.zone()) + ": ";
        if (one.nothingLeft()) {
            String end = !forget ? "--forget removes it" : dryRun ? "would be removed" : "removed";
            console.answer(lead + "nothing of it can be read; " + end);
            return;
        }
        Id repaired = one.repaired();
        console.answer(lead + Figures.count(one.lostFiles(), "file")
                + (one.lostDirectories() > 0
                        ? " and " + Figures.count(one.lostDirectories(), "directory", "directories")
                        : "")
                + " lost"
                + (repaired == null ? "" : "; repaired as " + repaired.shortHex() + (forget ? ", and removed" : "")));
    }

    private void json(SnapshotRepair.Result result) {
        for (SnapshotRepair.Lost one : result.lost()) {
            console.answer(JsonObject.message("lost")
                    .putPath("path", one.path().toArgument())
                    .put("type", one.directory() ? "dir" : "file"));
        }
        for (SnapshotRepair.Damaged one : result.damaged()) {
            Id id = one.snapshot().id();
            Id repaired = one.repaired();
            console.answer(JsonObject.message("damaged")
                    .put("id", id == null ? "" : id.hex())
                    .putIfKnown("repaired", repaired == null ? null : repaired.hex())
                    .put("lost_files", one.lostFiles())
                    .put("lost_directories", one.lostDirectories())
                    .put("nothing_left", one.nothingLeft()));
        }
        console.answer(JsonObject.message("summary")
                .put("dry_run", dryRun)
                .put("damaged", result.damaged().size())
                .put("lost", result.lostCount())
                .put("unreadable", result.unreadable().stream().map(Id::hex).toList()));
    }
}
