package dev.nightjar.app.command;

import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.Overwrite;
import dev.nightjar.repository.restore.RestoreFilter;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nightjar restore}: gives files back. */
@Command(
        name = "restore",
        customSynopsis = {
            "nightjar restore PATH... [--at TIME] [--into DIR]",
            "nightjar restore SNAPSHOT[:PATH] --into DIR"
        },
        description = {
            "PATH is as it was, and may be gone. It goes back to its place, or into DIR:",
            "as it was at TIME, else the newest version that differs from what is there",
            "now. What is there stays, and the old version is put beside it, called",
            "'report (22 Nov 14.05).odt'; --overwrite replaces it, once it is saved.",
            "SNAPSHOT is latest, latest~3 or the beginning of an id; a file of such a",
            "name is ./latest. SNAPSHOT alone keeps restic's layout, DIR/home/me/...;",
            "SNAPSHOT:PATH puts what is in the directory PATH, or the file PATH itself,",
            "into DIR.",
            "Everything restored is compared with the hash it was stored under."
        },
        footer = {
            "nightjar restore report.odt",
            "nightjar restore ~/src --at 'yesterday 18:00' --dry-run",
            "nightjar restore latest --into /tmp/back --include '*.odt'",
            "nightjar restore 7be0c2d1:/home/me/src --into ~/src --overwrite if-changed"
        })
final class RestoreVerb extends Verb {
    private static final int MAX_WORKERS = 4;

    @Parameters(arity = "0..*", paramLabel = "PATH")
    private List<String> what = new ArrayList<>();

    @Option(
            names = {"--into", "-t", "--target"},
            paramLabel = "DIR",
            description = "where the files go (restic calls it --target); made if it is not there")
    private @Nullable String into;

    @Option(
            names = "--at",
            paramLabel = "TIME",
            description = "as it was then: 2h, 'yesterday 18:00', 2026-11-20 (nightjar help times)")
    private @Nullable String at;

    @Option(
            names = "--overwrite",
            paramLabel = "WHEN",
            description = "what becomes of files that are there: never, if-changed, if-newer or always;"
                    + " never is the default (restic's is always)")
    private String overwrite = "never";

    @Option(
            names = {"-n", "--dry-run"},
            description = "show what would be restored, and touch nothing")
    private boolean dryRun;

    @Option(
            names = {"-i", "--include"},
            paramLabel = "P",
            description = "only what matches, as in .gitignore, and what is below it; may be repeated")
    private List<String> includes = new ArrayList<>();

    @Option(
            names = {"-e", "--exclude"},
            paramLabel = "P",
            description = "not what matches, as in .gitignore; may be repeated (nightjar help excludes)")
    private List<String> excludes = new ArrayList<>();

    @Option(names = "--no-verify", description = "do not compare with hashes; authentication codes are checked")
    private boolean noVerify;

    @Option(
            names = "--host",
            paramLabel = "H",
            description = "only snapshots of this host; for a PATH ours, if not given")
    private @Nullable String host;

    @Option(names = "--to", hidden = true, paramLabel = "DIR")
    private @Nullable String to;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath wanted = snapshot();
        Overwrite when = overwrite();
        Moment moment = at == null
                ? null
                : Moment.read(
                        "--at", at, session.clock().instant(), session.console().zone());
        Instant begun = session.clock().instant();
        Repositories repositories = new Repositories(session);
        if (wanted != null) {
            try (Repository repository = repositories.open(repositories.choose());
                    RepositoryLock _ = repository.lockForReading()) {
                repository.loadIndex();
                RestoreTask task = task(session, repository, wanted);
                return carryOut(session, repository, List.of(task), when, moment, begun);
            }
        }
        List<BytePath> paths = new ArrayList<>();
        for (String argument : what) {
            paths.add(session.jobs().entry(argument));
        }
        Repositories.Choice choice = choose(repositories, paths);
        SaveFirst first = new SaveFirst(session);
        if (when != Overwrite.NEVER && into == null && !dryRun) {
            first.save(paths, choice.job());
        }
        try (Repository repository = repositories.open(choice);
                RepositoryLock _ = repository.lockForReading()) {
            repository.loadIndex();
            List<RestoreTask> tasks = tasks(session, repository, choice.job(), paths, when, moment);
            if (tasks.isEmpty()) {
                return ExitCode.DONE;
            }
            ExitCode code = carryOut(session, repository, tasks, when, moment, begun);
            first.tell();
            return code;
        }
    }

    private ExitCode carryOut(
            Session session,
            Repository repository,
            List<RestoreTask> tasks,
            Overwrite when,
            @Nullable Moment moment,
            Instant begun)
            throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        RestoreText text = new RestoreText(console, when, !noVerify);
        ExitCode code = ExitCode.DONE;
        for (RestoreTask task : tasks) {
            Restorer restorer = new Restorer(repository, options(session, task, when, text));
            if (dryRun) {
                code = preview(session, task, restorer, moment);
            } else if (!text.isStopped()) {
                makeDestination(task.into());
                text.begin(task);
                text.ended(restore(session, restorer, task));
            }
        }
        if (dryRun) {
            if (!console.json()) {
                console.answer("");
                console.answer("Do it:  " + doIt());
            }
            return code;
        }
        console.live("");
        return text.answer(moment, Duration.between(begun, session.clock().instant()));
    }

    private static ExitCode preview(Session session, RestoreTask task, Restorer restorer, @Nullable Moment moment)
            throws IOException, CommandException {
        try (Directory directory = openOrNull(task.into());
                var _ = session.interrupts().before(Thread.currentThread()::interrupt)) {
            RestorePreview preview = new RestorePreview(session.console(), task, moment);
            task.preview(restorer, directory, preview);
            return preview.answer();
        }
    }

    private static @Nullable Directory openOrNull(BytePath path) throws IOException, CommandException {
        try {
            return Directory.open(path);
        } catch (NotFoundException e) {
            if (Files.exists(Path.of(path.toArgument()))) {
                throw new CommandException(notADirectory(path), e);
            }
            return null;
        }
    }

    /** This command without the flag that keeps it from doing anything. */
    private String doIt() {
        return spec.root().commandLine().getParseResult().originalArgs().stream()
                .filter(argument -> !argument.equals("-n") && !argument.equals("--dry-run"))
                .map(Quoting::quote)
                .collect(Collectors.joining(" ", "nightjar ", ""));
    }

    private static RestoreReport restore(Session session, Restorer restorer, RestoreTask task)
            throws IOException, InterruptedException {
        try (var _ = session.interrupts().stopping(Thread.currentThread());
                Directory directory = Directory.open(task.into())) {
            return task.restore(restorer, directory);
        }
    }

    private static void makeDestination(BytePath destination) throws IOException, CommandException {
        try {
            Files.createDirectories(Path.of(destination.toArgument()));
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(notADirectory(destination), e);
        }
    }

    private static ErrorMessage notADirectory(BytePath destination) {
        return ErrorMessage.usage("cannot restore into " + Quoting.quote(destination.toArgument()))
                .because("It is a file, not a directory. Nothing was touched.")
                .about(destination.toArgument())
                .remedy("--into DIR");
    }

    private RestoreOptions options(Session session, RestoreTask task, Overwrite when, RestoreText text) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, MAX_WORKERS);
        DatedNames names = new DatedNames(
                task.snapshot().time(),
                session.clock().instant(),
                session.console().zone());
        return new RestoreOptions(when, workers, text, task.filter(), task.beside() ? names : null, !noVerify);
    }

    private RestoreTask task(Session session, Repository repository, SnapshotPath wanted)
            throws IOException, CommandException {
        Snapshot snapshot = wanted.find(repository, host);
        BytePath destination = destination(session);
        BytePath path = wanted.path() == null ? BytePath.root() : wanted.path();
        RestoreFilter filter = PatternFilter.of(includes, excludes, path);
        Id tree = TreePaths.findTree(repository, snapshot.tree(), path);
        if (tree != null) {
            return new RestoreTask(snapshot, new RestoreTask.What.Contents(tree), destination, filter, false);
        }
        Node node = TreePaths.find(repository, snapshot.tree(), path);
        if (node == null) {
            throw new CommandException(wanted.pathMissing(snapshot, path.toArgument()));
        }
        return new RestoreTask(snapshot, new RestoreTask.What.Itself(node), destination, filter, false);
    }

    private BytePath destination(Session session) {
        return BytePath.of(session.directory().toString())
                .resolve(BytePath.of(String.valueOf(into)))
                .normalize();
    }

    private List<RestoreTask> tasks(
            Session session,
            Repository repository,
            @Nullable Known job,
            List<BytePath> paths,
            Overwrite when,
            @Nullable Moment moment)
            throws IOException, CommandException {
        String of = host != null ? host : job == null ? null : job.job().host();
        VersionFinder finder = new VersionFinder(session.console(), repository, of == null ? session.hostname() : of);
        List<RestoreTask> tasks = new ArrayList<>();
        for (BytePath path : paths) {
            VersionFinder.Version version = moment != null
                    ? finder.at(path, moment)
                    : finder.newestOther(path).orElse(null);
            if (version == null) {
                unchanged(session.console(), path);
                continue;
            }
            boolean directory = version.node().type() == NodeType.DIRECTORY;
            RestoreFilter filter = directory ? PatternFilter.of(includes, excludes, path) : RestoreFilter.ALL;
            tasks.add(
                    into == null
                            ? finder.toItsPlace(path, version, filter, when == Overwrite.NEVER)
                            : new RestoreTask(
                                    version.snapshot(),
                                    new RestoreTask.What.Itself(version.node()),
                                    destination(session),
                                    filter,
                                    false));
        }
        return tasks;
    }

    private static void unchanged(Console console, BytePath path) {
        if (console.json()) {
            console.answer(JsonObject.message("unchanged").putPath("path", path.toArgument()));
        } else {
            console.answer(console.path(path.toArgument()) + " is as every saved version of it: nothing to restore.");
        }
    }

    private static Repositories.Choice choose(Repositories repositories, List<BytePath> paths)
            throws IOException, CommandException {
        Repositories.Choice choice = repositories.choose(paths.getFirst());
        for (BytePath path : paths) {
            if (!repositories.choose(path).address().equals(choice.address())) {
                throw new CommandException(ErrorMessage.usage("these paths are saved in different repositories")
                        .remedy("nightjar restore " + Quoting.quote(path.toArgument()), "one after the other"));
            }
        }
        return choice;
    }

    /** The snapshot that is named; null if paths are. */
    private @Nullable SnapshotPath snapshot() throws CommandException {
        if (to != null) {
            throw new CommandException(ErrorMessage.usage("restore has no option --to. Where should the files go?")
                    .remedy("nightjar restore latest --into DIR", "(-r says which repository)"));
        }
        if (what.isEmpty()) {
            throw new CommandException(ErrorMessage.usage("restore needs a path, or a snapshot: latest or its id")
                    .remedy("nightjar restore FILE", "the newest version that differs from what is there")
                    .remedy("nightjar restore latest --into DIR", "all that was saved last"));
        }
        for (String argument : what) {
            Optional<SnapshotPath> named = SnapshotPath.parse(argument);
            if (named.isPresent()) {
                mustStandAlone(argument);
                return named.get();
            }
        }
        return null;
    }

    private void mustStandAlone(String snapshot) throws CommandException {
        String shown = Quoting.quote(snapshot);
        if (what.size() > 1) {
            throw new CommandException(ErrorMessage.usage("restore takes paths, or one snapshot")
                    .because(shown + " is a snapshot; a file of that name is ./" + shown + ".")
                    .remedy("nightjar restore " + shown + " --into DIR"));
        }
        if (at != null) {
            throw new CommandException(ErrorMessage.usage("a snapshot and --at both say when")
                    .because(shown + " is a snapshot; a file of that name is ./" + shown + ".")
                    .remedy("nightjar restore PATH --at " + Quoting.quote(at)));
        }
        if (into == null) {
            throw new CommandException(ErrorMessage.usage("restore needs to know where the files go: --into DIR")
                    .remedy("nightjar restore " + shown + " --into DIR"));
        }
    }

    private Overwrite overwrite() throws CommandException {
        return switch (overwrite) {
            case "never" -> Overwrite.NEVER;
            case "if-changed" -> Overwrite.IF_CHANGED;
            case "if-newer" -> Overwrite.IF_NEWER;
            case "always" -> Overwrite.ALWAYS;
            default ->
                throw new CommandException(ErrorMessage.usage("--overwrite cannot be " + Quoting.quote(overwrite))
                        .remedy("--overwrite never|if-changed|if-newer|always"));
        };
    }

    /** The error for a destination that is full. */
    static ErrorMessage full(BytePath destination) {
        return ErrorMessage.of(
                        ExitCode.FAILED,
                        ErrorClass.NO_SPACE,
                        "no-space",
                        "no room in " + Quoting.quote(destination.toArgument()))
                .because("Nothing half-written was left; what is whole is kept.")
                .about(destination.toArgument())
                .remedy("--into DIR", "where there is more room, or run it again after making some");
    }
}
