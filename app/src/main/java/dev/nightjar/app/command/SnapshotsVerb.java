package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.Style;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.SnapshotSummary;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar snapshots}: what there is to go back to. */
@Command(
        name = "snapshots",
        customSynopsis = {
            "nightjar snapshots [--all] [--latest N] [--since TIME] [--until TIME]",
            "                   [--host H] [--tag T] [--path P]",
            "nightjar snapshots SNAPSHOT..."
        },
        description = {
            "Shows the snapshots of a repository, newest last: all of today, then the",
            "last of each day, week and month; --all shows every one. With --json it is",
            "always every one."
        },
        footer = {
            "nightjar snapshots",
            "nightjar snapshots --latest 1",
            "nightjar snapshots -r /mnt/nas/documents --all"
        })
final class SnapshotsVerb extends Verb {
    @Parameters(arity = "0..*", paramLabel = "SNAPSHOT", description = "only these: latest, latest~3 or ids")
    private List<String> ids = new ArrayList<>();

    @Option(names = "--all", description = "every snapshot, not thinned")
    private boolean all;

    @Option(names = "--latest", paramLabel = "N", description = "the last N of each host and paths")
    private @Nullable Integer latest;

    @Option(names = "--since", paramLabel = "TIME", description = "only those taken then or later (help times)")
    private @Nullable String since;

    @Option(names = "--until", paramLabel = "TIME", description = "only those taken then or before")
    private @Nullable String until;

    @Mixin
    private FilterFlags flags = new FilterFlags();

    @Override
    ExitCode run(Session session) throws Exception {
        List<SnapshotPath> named = named();
        if (latest != null && latest < 1) {
            throw new CommandException(ErrorMessage.usage("--latest cannot be " + latest)
                    .because("It is how many of each host and paths are shown.")
                    .remedy("nightjar snapshots --latest 1"));
        }
        Span span = span(session);
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        List<Snapshot> snapshots;
        try (Repository repository = repositories.open(choice)) {
            List<Snapshot> passing = repository.snapshots().stream()
                    .filter(flags.filter(session)::passes)
                    .toList();
            snapshots = wanted(passing, named, span);
        }
        if (console.json()) {
            snapshots.forEach(snapshot -> console.answer(json(session, snapshot)));
        } else if (snapshots.isEmpty()) {
            console.answer("No " + (arguments().isEmpty() ? "" : "such ") + "snapshots at "
                    + console.path(choice.address().text()) + ".");
        } else {
            show(session, choice, snapshots);
        }
        return ExitCode.DONE;
    }

    private List<SnapshotPath> named() throws CommandException {
        List<SnapshotPath> named = new ArrayList<>();
        for (String id : ids) {
            named.add(SnapshotPath.parse(id)
                    .filter(parsed -> parsed.path() == null)
                    .orElseThrow(() -> new CommandException(ErrorMessage.usage(
                                    Quoting.quote(id) + " is no snapshot: latest, latest~3 or 8 to 64 hex digits")
                            .remedy("nightjar snapshots --all", "lists them"))));
        }
        return named;
    }

    /** From when to when snapshots are shown, both ends included. */
    private record Span(Instant since, Instant until) {
        boolean holds(Snapshot snapshot) {
            return !snapshot.time().isBefore(since) && !snapshot.time().isAfter(until);
        }
    }

    private Span span(Session session) throws CommandException {
        Instant now = session.clock().instant();
        ZoneId zone = session.console().zone();
        return new Span(
                since == null
                        ? Instant.MIN
                        : Moment.read("--since", since, now, zone).first(),
                until == null
                        ? Instant.MAX
                        : Moment.read("--until", until, now, zone).last());
    }

    private List<Snapshot> wanted(List<Snapshot> passing, List<SnapshotPath> named, Span span) throws CommandException {
        if (!named.isEmpty()) {
            Set<Snapshot> chosen = new HashSet<>();
            for (SnapshotPath one : named) {
                chosen.add(one.find(passing));
            }
            return passing.stream().filter(chosen::contains).toList();
        }
        List<Snapshot> held = passing.stream().filter(span::holds).toList();
        return latest == null ? held : SnapshotGroup.latest(held, latest);
    }

    private void show(Session session, Repositories.Choice choice, List<Snapshot> snapshots) {
        Console console = session.console();
        List<Thinning.Kept> kept = all || latest != null || !ids.isEmpty()
                ? snapshots.stream()
                        .map(snapshot -> new Thinning.Kept(snapshot, ""))
                        .toList()
                : Thinning.thin(snapshots, session.clock().instant(), console.zone());
        long groups = SnapshotGroup.count(snapshots);
        console.answer(console.path(choice.address().text()) + ": " + heading(console, snapshots, groups));
        console.answer("");
        Table table =
                new Table("ID", "Time", "What changed", "Added", "Kept as", "Tags", groups > 1 ? "Host and paths" : "");
        table.right(3);
        for (int i = 0; i < kept.size(); i++) {
            Thinning.Kept one = kept.get(i);
            Snapshot snapshot = one.snapshot();
            table.row(
                    shortId(snapshot),
                    Figures.day(snapshot.time(), session.clock().instant(), console.zone()),
                    changed(snapshot.summary()),
                    added(snapshot.summary()),
                    i == kept.size() - 1 && ids.isEmpty() ? "latest" : one.keptAs(),
                    Quoting.oneLine(String.join(",", snapshot.tags())),
                    groups > 1 ? Quoting.oneLine(snapshot.hostname()) + " " + paths(console, snapshot) : "");
        }
        List<String> lines = table.lines();
        console.answer(console.styled(Style.STRONG, lines.getFirst()));
        lines.stream().skip(1).forEach(console::answer);
        int hidden = snapshots.size() - kept.size();
        if (hidden > 0) {
            console.answer("");
            console.answer(Figures.count(hidden) + " more: nightjar snapshots" + arguments() + " --all");
        } else {
            console.hint("");
        }
        console.hint("What is in it:  nightjar ls " + shortId(snapshots.getLast()));
        console.hint("Get it back:    nightjar restore " + shortId(snapshots.getLast()) + " --into DIR");
    }

    private String arguments() {
        return flags.toArguments()
                + (since == null ? "" : " --since " + Quoting.quote(since))
                + (until == null ? "" : " --until " + Quoting.quote(until));
    }

    private String heading(Console console, List<Snapshot> snapshots, long groups) {
        String since =
                " since " + snapshots.getFirst().time().atZone(console.zone()).toLocalDate();
        return latest == null
                ? Figures.count(snapshots.size(), "snapshot") + since
                : "the latest " + (latest == 1 ? "" : latest + " ") + "of "
                        + (groups == 1 ? "its one host and paths" : "each of " + groups + " hosts and paths");
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
