package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.Style;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.SnapshotSummary;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar snapshots}: what there is to go back to. */
@Command(
        name = "snapshots",
        customSynopsis = "nightjar snapshots [--all] [--host H] [--tag T] [--path P]",
        description = {
            "Shows the snapshots of a repository, newest last: all of today, then the",
            "last of each day, week and month; --all shows every one. With --json it is",
            "always every one."
        },
        footer = {"nightjar snapshots", "nightjar snapshots -r /mnt/nas/documents --all"})
final class SnapshotsVerb extends Verb {
    @Option(names = "--all", description = "every snapshot, not thinned")
    private boolean all;

    @Option(names = "--host", paramLabel = "H", description = "only those of this host")
    private @Nullable String host;

    @Option(names = "--tag", paramLabel = "T", description = "only those with this tag")
    private @Nullable String tag;

    @Option(names = "--path", paramLabel = "P", description = "only those of this path")
    private @Nullable String path;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        List<Snapshot> snapshots;
        try (Repository repository = repositories.open(choice)) {
            snapshots = repository.snapshots().stream().filter(this::wanted).toList();
        }
        if (console.json()) {
            snapshots.forEach(snapshot -> console.answer(json(session, snapshot)));
        } else if (snapshots.isEmpty()) {
            console.answer("No snapshots at " + console.path(choice.address().text()) + ".");
        } else {
            show(session, choice, snapshots);
        }
        return ExitCode.DONE;
    }

    private boolean wanted(Snapshot snapshot) {
        return (host == null || host.equals(snapshot.hostname()))
                && (tag == null || snapshot.tags().contains(tag))
                && (path == null || snapshot.paths().contains(path));
    }

    private void show(Session session, Repositories.Choice choice, List<Snapshot> snapshots) {
        Console console = session.console();
        List<Thinning.Kept> kept = all
                ? snapshots.stream()
                        .map(snapshot -> new Thinning.Kept(snapshot, ""))
                        .toList()
                : Thinning.thin(snapshots, session.clock().instant(), console.zone());
        Snapshot first = snapshots.getFirst();
        console.answer(console.path(choice.address().text()) + ": " + Figures.count(snapshots.size(), "snapshot")
                + " since " + first.time().atZone(console.zone()).toLocalDate());
        console.answer("");
        boolean several = isSeveral(snapshots);
        Table table = new Table("ID", "Time", "What changed", "Added", "Kept as", several ? "Host and paths" : "");
        table.right(3);
        for (int i = 0; i < kept.size(); i++) {
            Thinning.Kept one = kept.get(i);
            Snapshot snapshot = one.snapshot();
            table.row(
                    shortId(snapshot),
                    Figures.day(snapshot.time(), session.clock().instant(), console.zone()),
                    changed(snapshot.summary()),
                    added(snapshot.summary()),
                    i == kept.size() - 1 ? "latest" : one.keptAs(),
                    several ? snapshot.hostname() + " " + paths(console, snapshot) : "");
        }
        List<String> lines = table.lines();
        console.answer(console.styled(Style.STRONG, lines.getFirst()));
        lines.stream().skip(1).forEach(console::answer);
        int hidden = snapshots.size() - kept.size();
        if (hidden > 0) {
            console.answer("");
            console.answer(Figures.count(hidden) + " more: nightjar snapshots --all");
        } else {
            console.hint("");
        }
        console.hint("What is in it:  nightjar ls " + shortId(snapshots.getLast()));
        console.hint("Get it back:    nightjar restore " + shortId(snapshots.getLast()) + " --into DIR");
    }

    private static boolean isSeveral(List<Snapshot> snapshots) {
        Set<List<String>> groups = new HashSet<>();
        for (Snapshot snapshot : snapshots) {
            List<String> group = new ArrayList<>(snapshot.paths());
            group.add(snapshot.hostname());
            groups.add(group);
        }
        return groups.size() > 1;
    }

    private static String paths(Console console, Snapshot snapshot) {
        return String.join(" ", snapshot.paths().stream().map(console::path).toList());
    }

    private static String shortId(Snapshot snapshot) {
        return snapshot.id() == null ? "" : snapshot.id().shortHex();
    }

    private static String changed(@Nullable SnapshotSummary summary) {
        return summary == null ? "" : Figures.count(summary.filesNew() + summary.filesChanged(), "file");
    }

    private static String added(@Nullable SnapshotSummary summary) {
        return summary == null ? "" : Figures.size(summary.dataAdded());
    }

    private static JsonObject json(Session session, Snapshot snapshot) {
        JsonObject json = JsonObject.message("snapshot");
        if (snapshot.id() != null) {
            json.put("id", snapshot.id().hex()).put("short_id", snapshot.id().shortHex());
        }
        json.put("time", Figures.rfc3339(snapshot.time(), session.console().zone()))
                .put("tree", snapshot.tree().hex());
        if (snapshot.parent() != null) {
            json.put("parent", snapshot.parent().hex());
        }
        json.put("paths", snapshot.paths().stream().map(Quoting::oneLine).toList())
                .put("hostname", snapshot.hostname())
                .put("username", snapshot.username())
                .put("tags", snapshot.tags());
        json.putIfKnown("program_version", snapshot.programVersion().isEmpty() ? null : snapshot.programVersion());
        SnapshotSummary summary = snapshot.summary();
        if (summary != null) {
            json.put(
                    "summary",
                    new JsonObject()
                            .put("files_new", summary.filesNew())
                            .put("files_changed", summary.filesChanged())
                            .put("files_unmodified", summary.filesUnmodified())
                            .put("data_added", summary.dataAdded())
                            .put("total_files_processed", summary.totalFilesProcessed())
                            .put("total_bytes_processed", summary.totalBytesProcessed()));
        }
        return json;
    }
}
