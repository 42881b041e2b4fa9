package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.look.DiffReport;
import dev.nightjar.repository.look.TreeDiff;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar diff}: what differs between two snapshots. */
@Command(
        name = "diff",
        customSynopsis = {
            "nightjar diff SNAPSHOT SNAPSHOT [PATH] [--metadata]",
            "nightjar diff SNAPSHOT:PATH SNAPSHOT:PATH [--metadata]"
        },
        description = {
            "Shows what differs between two snapshots, at PATH and below, or everywhere:",
            "  +  added            M  other content (a symlink: leads elsewhere)",
            "  -  removed          U  other metadata only (with --metadata)",
            "  T  another type",
            "Blobs and bytes are those that only one side of the differing directories",
            "refers to, before compression."
        },
        footer = {"nightjar diff latest~1 latest", "nightjar diff 7be0c2d1 latest /home/me/src --metadata"})
final class DiffVerb extends Verb {
    private static final List<String> SIDES = List.of("added", "removed");

    @Parameters(index = "0", arity = "1", paramLabel = "SNAPSHOT")
    private String one = "";

    @Parameters(index = "1", arity = "1", paramLabel = "SNAPSHOT")
    private String other = "";

    @Parameters(index = "2", arity = "0..1", paramLabel = "PATH", hidden = true)
    private @Nullable String path;

    @Option(names = "--metadata", description = "also what differs in metadata only, times of changes included")
    private boolean metadata;

    @Mixin
    private FilterFlags flags = new FilterFlags();

    /** A path of a snapshot. */
    private record Place(Snapshot snapshot, SnapshotPath asked, BytePath path) {
        @Nullable
        Id tree(Repository repository) throws IOException {
            return TreePaths.findTree(repository, snapshot.tree(), path);
        }

        @Nullable
        Node node(Repository repository) throws IOException {
            return TreePaths.find(repository, snapshot.tree(), path);
        }

        String shortId() {
            return snapshot.id() == null ? "" : snapshot.id().shortHex();
        }
    }

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath before = SnapshotPath.needed(session, "diff", one, path);
        SnapshotPath after = SnapshotPath.needed(session, "diff", other, path);
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            List<Snapshot> snapshots = repository.snapshots().stream()
                    .filter(flags.filter(session)::passes)
                    .toList();
            repository.loadIndex();
            Place left = place(snapshots, before);
            Place right = place(snapshots, after);
            if (!console.json()) {
                console.answer("Comparing snapshot " + left.shortId() + " with " + right.shortId() + ":");
                console.answer("");
            }
            TreeDiff diff = new TreeDiff(repository, metadata, (where, isDirectory, sign) -> {
                tell(console, where, isDirectory, sign);
                if (console.isClosed()) {
                    Thread.currentThread().interrupt();
                }
            });
            report(console, left, right, compare(repository, diff, left, right));
        }
        return ExitCode.DONE;
    }

    private static Place place(List<Snapshot> snapshots, SnapshotPath asked) throws CommandException {
        BytePath path = asked.path();
        return new Place(asked.find(snapshots), asked, path == null ? BytePath.root() : path);
    }

    private static DiffReport compare(Repository repository, TreeDiff diff, Place left, Place right)
            throws IOException, CommandException {
        Id before = left.tree(repository);
        Id after = right.tree(repository);
        if (before != null && after != null) {
            return diff.trees(right.path(), before, after);
        }
        Node nodeBefore = left.node(repository);
        Node nodeAfter = right.node(repository);
        if (nodeBefore == null && nodeAfter == null) {
            throw new CommandException(
                    right.asked().pathMissing(right.snapshot(), right.path().toArgument()));
        }
        BytePath place = nodeAfter == null ? left.path() : right.path();
        return diff.nodes(Objects.requireNonNullElse(place.parent(), BytePath.root()), nodeBefore, nodeAfter);
    }

    private static void tell(Console console, BytePath where, boolean isDirectory, String sign) {
        String path = where.toArgument() + (isDirectory ? "/" : "");
        if (console.json()) {
            console.answer(JsonObject.message("change").putPath("path", path).put("modifier", sign));
        } else {
            console.answer(sign + " ".repeat(5 - sign.length()) + Quoting.quote(path));
        }
    }

    private static void report(Console console, Place left, Place right, DiffReport report) {
        List<DiffReport.Side> sides = List.of(report.added(), report.removed());
        if (console.json()) {
            JsonObject json = JsonObject.message("statistics");
            id(json, "source_snapshot", left.snapshot());
            id(json, "target_snapshot", right.snapshot());
            json.put("changed_files", report.changedFiles());
            for (int i = 0; i < SIDES.size(); i++) {
                DiffReport.Side side = sides.get(i);
                json.put(
                        SIDES.get(i),
                        new JsonObject()
                                .put("files", side.files())
                                .put("dirs", side.directories())
                                .put("others", side.others())
                                .put("data_blobs", side.dataBlobs())
                                .put("tree_blobs", side.treeBlobs())
                                .put("bytes", side.bytes()));
            }
            console.answer(json);
            return;
        }
        Table table = new Table("", "New", "Removed", "Changed");
        table.right(1);
        table.right(2);
        table.right(3);
        DiffReport.Side added = report.added();
        DiffReport.Side removed = report.removed();
        row(table, "Files", added.files(), removed.files(), Figures.count(report.changedFiles()));
        row(table, "Directories", added.directories(), removed.directories(), "");
        row(table, "Others", added.others(), removed.others(), "");
        row(table, "Data blobs", added.dataBlobs(), removed.dataBlobs(), "");
        row(table, "Tree blobs", added.treeBlobs(), removed.treeBlobs(), "");
        table.row("Bytes", Figures.size(added.bytes()), Figures.size(removed.bytes()), "");
        console.answer("");
        table.lines().forEach(console::answer);
    }

    private static void row(Table table, String what, long added, long removed, String changed) {
        table.row(what, Figures.count(added), Figures.count(removed), changed);
    }

    private static void id(JsonObject json, String name, Snapshot snapshot) {
        if (snapshot.id() != null) {
            json.put(name, snapshot.id().hex());
        }
    }
}
