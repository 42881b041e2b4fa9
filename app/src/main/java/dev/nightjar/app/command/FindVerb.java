package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.feed.selection.PathPattern;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.look.TooManyMatchesException;
import dev.nightjar.repository.look.TreeFind;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar find}: in which snapshots a name is. */
@Command(
        name = "find",
        customSynopsis = "nightjar find PATTERN... [-i] [-l] [--snapshot S] [--newest T]",
        description = {
            "Finds names in all snapshots, and says for each version of what it found",
            "in which snapshots it is. A PATTERN has *, ? and [a-z]; it is compared",
            "with names, with a / in it with the end of the path, with a / in front",
            "with the whole path. With --json: one object per match and snapshot."
        },
        footer = {"nightjar find report.odt", "nightjar find -i '*.jpg' --newest 2020-12-31"})
final class FindVerb extends Verb {
    /** Matches of one snapshot, and versions of one history, that are held in memory. */
    private static final int LIMIT = 200_000;

    @Parameters(arity = "1..*", paramLabel = "PATTERN")
    private List<String> patterns = new ArrayList<>();

    @Option(
            names = {"-i", "--ignore-case"},
            description = "a is A")
    private boolean ignoreCase;

    @Option(
            names = {"-l", "--long"},
            description = "also mode and owner")
    private boolean full;

    @Option(
            names = {"-s", "--snapshot"},
            paramLabel = "S",
            description = "only in this snapshot; may be repeated")
    private List<String> only = new ArrayList<>();

    @Option(
            names = {"-O", "--oldest"},
            paramLabel = "TIME",
            description = "only what was modified then or later (help times)")
    private @Nullable String oldest;

    @Option(
            names = {"-N", "--newest"},
            paramLabel = "TIME",
            description = "only what was modified then or before")
    private @Nullable String newest;

    @Mixin
    private FilterFlags flags = new FilterFlags();

    @Override
    ExitCode run(Session session) throws Exception {
        TreeFind.Wanted wanted = wanted(session);
        List<SnapshotPath> named = new ArrayList<>();
        for (String one : only) {
            named.add(SnapshotPath.needed(session, "find --snapshot", one, null));
        }
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            List<Snapshot> snapshots = snapshots(repository, session, named);
            repository.loadIndex();
            search(console, repository, wanted, snapshots);
        } catch (TooManyMatchesException e) {
            throw new CommandException(
                    ErrorMessage.of(
                                    ExitCode.FAILED,
                                    ErrorClass.PERMANENT,
                                    "too-many",
                                    "there are more than " + Figures.count(LIMIT) + " matches to compare")
                            .remedy("nightjar ls SNAPSHOT:PATH --recursive", "lists all there is in one snapshot"),
                    e);
        }
        return ExitCode.DONE;
    }

    private List<Snapshot> snapshots(Repository repository, Session session, List<SnapshotPath> named)
            throws Exception {
        List<Snapshot> passing = repository.snapshots().stream()
                .filter(flags.filter(session)::passes)
                .toList();
        List<Snapshot> chosen = new ArrayList<>();
        for (SnapshotPath one : named) {
            chosen.add(one.find(passing));
        }
        return named.isEmpty()
                ? passing
                : passing.stream().filter(chosen::contains).toList();
    }

    private TreeFind.Wanted wanted(Session session) throws CommandException {
        List<PathPattern> parsed = new ArrayList<>();
        for (String pattern : patterns) {
            parsed.add(PathPattern.parse(RawText.encode(folded(pattern)))
                    .orElseThrow(
                            () -> new CommandException(ErrorMessage.usage(Quoting.quote(pattern) + " can match nothing")
                                    .because("A bracket never ends, or a backslash is its last character.")
                                    .remedy("nightjar find --help", "shows how patterns are written"))));
        }
        Instant now = session.clock().instant();
        ZoneId zone = session.console().zone();
        Instant from = oldest == null
                ? Instant.MIN
                : Moment.read("--oldest", oldest, now, zone).first();
        Instant to = newest == null
                ? Instant.MAX
                : Moment.read("--newest", newest, now, zone).last();
        return (parent, node) -> {
            Instant modified = node.mtime().toInstant();
            if (modified.isBefore(from) || modified.isAfter(to)) {
                return false;
            }
            BytePath in = ignoreCase ? BytePath.of(folded(parent.toArgument())) : parent;
            Name name = ignoreCase ? Name.of(folded(node.name().toArgument())) : node.name();
            boolean isDirectory = node.type() == NodeType.DIRECTORY;
            return parsed.stream().anyMatch(pattern -> pattern.matches(in, name, isDirectory));
        };
    }

    private String folded(String text) {
        return ignoreCase ? text.toLowerCase(Locale.ROOT) : text;
    }

    private void search(Console console, Repository repository, TreeFind.Wanted wanted, List<Snapshot> snapshots)
            throws Exception {
        Map<SnapshotGroup, List<Snapshot>> groups = new LinkedHashMap<>();
        for (Snapshot snapshot : snapshots) {
            groups.computeIfAbsent(SnapshotGroup.of(snapshot), _ -> new ArrayList<>())
                    .add(snapshot);
        }
        long found = 0;
        for (Map.Entry<SnapshotGroup, List<Snapshot>> group : groups.entrySet()) {
            Listener listener = new Listener(console);
            new TreeFind(repository, wanted, listener, LIMIT).search(group.getValue());
            if (!listener.runs.isEmpty() && groups.size() > 1) {
                console.answer((found == 0 ? "" : "\n") + "Snapshots of "
                        + Quoting.oneLine(group.getKey().host()) + ", "
                        + String.join(
                                " ",
                                group.getKey().paths().stream()
                                        .map(console::path)
                                        .toList()));
            }
            found += listener.runs.size();
            show(console, listener.runs);
        }
        if (console.json()) {
            return;
        }
        if (found == 0) {
            console.answer("Not found in " + Figures.count(snapshots.size(), "snapshot") + ".");
        } else {
            console.hint("");
            console.hint("Get it back:  nightjar restore SNAPSHOT:PATH --into DIR");
        }
    }

    /** Keeps the versions for later, as the walk does not come upon them in an order for people. */
    private static final class Listener implements TreeFind.Listener {
        private final Console console;
        private final List<TreeFind.Run> runs = new ArrayList<>();

        Listener(Console console) {
            this.console = console;
        }

        @Override
        public void match(Snapshot snapshot, BytePath path, Node node) {
            if (!console.json()) {
                return;
            }
            JsonObject json = JsonObject.message("match");
            if (snapshot.id() != null) {
                json.put("snapshot", snapshot.id().hex());
            }
            console.answer(NodeText.json(json, console, node, path));
            if (console.isClosed()) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public void run(TreeFind.Run run) throws TooManyMatchesException {
            if (console.json()) {
                return;
            }
            if (runs.size() == LIMIT) {
                throw new TooManyMatchesException(LIMIT);
            }
            runs.add(run);
        }
    }

    private void show(Console console, List<TreeFind.Run> runs) {
        Map<BytePath, List<TreeFind.Run>> byPath = new java.util.TreeMap<>();
        for (TreeFind.Run run : runs) {
            byPath.computeIfAbsent(run.path(), _ -> new ArrayList<>()).add(run);
        }
        byPath.forEach((path, versions) -> {
            console.answer(Quoting.quote(path.toArgument())
                    + (versions.getFirst().node().type() == NodeType.DIRECTORY ? "/" : ""));
            versions.forEach(version -> console.answer("  " + line(console, version)));
        });
    }

    private String line(Console console, TreeFind.Run run) {
        Instant now = console.clock().instant();
        String what = full
                ? NodeText.line(console, run.node())
                : (run.node().type() == NodeType.FILE
                                ? String.format("%8s  ", Figures.size(run.node().size()))
                                : "")
                        + Figures.day(run.node().mtime().toInstant(), now, console.zone());
        return what + "  in " + id(run.first())
                + (run.snapshots() == 1
                        ? ""
                        : " to " + id(run.last()) + ", " + Figures.count(run.snapshots(), "snapshot"));
    }

    private static String id(Snapshot snapshot) {
        return snapshot.id() == null ? "" : snapshot.id().shortHex();
    }
}
