package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.Overwrite;
import dev.nightjar.repository.restore.RestoreListener;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.RestoreReport;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar restore}: gives files back. */
@Command(
        name = "restore",
        customSynopsis = "nightjar restore SNAPSHOT[:PATH] --into DIR [--overwrite WHEN]",
        description = {
            "Restores into DIR, which is made if it is not there. SNAPSHOT alone keeps",
            "restic's layout: DIR/home/me/...; SNAPSHOT:PATH puts what is in the",
            "directory PATH, or the file PATH itself, into DIR.",
            "SNAPSHOT is latest, latest~3 or the beginning of an id.",
            "Everything restored is compared with the hash it was stored under."
        },
        footer = {
            "nightjar restore latest --into /tmp/back",
            "nightjar restore latest:/home/me/Documents/report.odt --into ~",
            "nightjar restore 7be0c2d1:/home/me/src --into ~/src --overwrite if-changed"
        })
final class RestoreVerb extends Verb {
    private static final int MAX_WORKERS = 4;

    @Parameters(arity = "0..1", paramLabel = "SNAPSHOT[:PATH]")
    private @Nullable String what;

    @Option(
            names = {"--into", "-t", "--target"},
            paramLabel = "DIR",
            description = "where the files go (restic calls it --target)")
    private @Nullable String into;

    @Option(
            names = "--overwrite",
            paramLabel = "WHEN",
            description = "what becomes of files that are there: never, if-changed, if-newer or always;"
                    + " never is the default (restic's is always)")
    private String overwrite = "never";

    @Option(names = "--host", paramLabel = "H", description = "latest of this host only")
    private @Nullable String host;

    @Option(names = "--to", hidden = true, paramLabel = "DIR")
    private @Nullable String to;

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath wanted = wanted(session);
        Overwrite when = overwrite();
        if (into == null) {
            throw new CommandException(ErrorMessage.usage("restore needs to know where the files go: --into DIR")
                    .remedy("nightjar restore " + Quoting.quote(String.valueOf(what)) + " --into DIR"));
        }
        Repositories repositories = new Repositories(session);
        Console console = session.console();
        Instant begun = session.clock().instant();
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            repository.loadIndex();
            Snapshot snapshot = wanted.find(repository, host);
            What found = find(repository, snapshot, wanted);
            Path destination = session.directory().resolve(into).normalize();
            makeDestination(destination);
            RestoreText text = new RestoreText(console, destination, when);
            Restorer restorer = new Restorer(repository, options(when, text));
            RestoreReport report = restore(session, restorer, found, destination);
            console.live("");
            return text.answer(
                    snapshot, report, Duration.between(begun, session.clock().instant()));
        }
    }

    /** Ctrl-C waits until what is half-written was taken away. */
    private static RestoreReport restore(Session session, Restorer restorer, What found, Path destination)
            throws IOException, InterruptedException {
        Thread restoring = Thread.currentThread();
        CountDownLatch ended = new CountDownLatch(1);
        try (Directory directory = Directory.open(BytePath.of(destination.toString()));
                var _ = session.interrupts().before(() -> {
                    restoring.interrupt();
                    await(ended);
                })) {
            return switch (found) {
                case What.Contents contents -> restorer.restore(contents.tree(), directory);
                case What.Itself itself -> restorer.restore(itself.node(), directory);
            };
        } finally {
            ended.countDown();
        }
    }

    private static void await(CountDownLatch ended) {
        try {
            ended.await();
        } catch (InterruptedException _) {
            // Whoever ends the process does not wait for ever.
        }
    }

    private static void makeDestination(Path destination) throws IOException, CommandException {
        try {
            Files.createDirectories(destination);
        } catch (FileAlreadyExistsException e) {
            throw new CommandException(
                    ErrorMessage.usage("cannot restore into " + Quoting.quote(destination.toString()))
                            .because("It is a file, not a directory. Nothing was touched.")
                            .about(destination.toString())
                            .remedy("--into DIR"),
                    e);
        }
    }

    /** What of a snapshot is restored: what is in a directory, or a file itself. */
    private sealed interface What {
        record Contents(Id tree) implements What {}

        record Itself(Node node) implements What {}
    }

    private static What find(Repository repository, Snapshot snapshot, SnapshotPath wanted)
            throws IOException, CommandException {
        BytePath path = wanted.path();
        if (path == null) {
            return new What.Contents(snapshot.tree());
        }
        Id tree = TreePaths.findTree(repository, snapshot.tree(), path);
        if (tree != null) {
            return new What.Contents(tree);
        }
        Node node = TreePaths.find(repository, snapshot.tree(), path);
        if (node == null) {
            throw new CommandException(wanted.pathMissing(snapshot, path.toArgument()));
        }
        return new What.Itself(node);
    }

    private static RestoreOptions options(Overwrite when, RestoreListener listener) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors() * 2L, 2, MAX_WORKERS);
        return new RestoreOptions(when, workers, listener);
    }

    private SnapshotPath wanted(Session session) throws CommandException {
        if (to != null) {
            throw new CommandException(ErrorMessage.usage("restore has no option --to. Where should the files go?")
                    .remedy("nightjar restore latest --into DIR", "(-r says which repository)"));
        }
        if (what == null) {
            throw new CommandException(ErrorMessage.usage("restore needs a snapshot: latest, latest~3 or its id")
                    .remedy("nightjar restore latest --into DIR")
                    .remedy("nightjar snapshots", "shows what there is"));
        }
        String asked = what;
        return SnapshotPath.parse(asked)
                .orElseThrow(() -> new CommandException(ErrorMessage.usage(
                                Quoting.quote(asked) + " is no snapshot: latest, latest~3 or 8 to 64 hex digits")
                        .because("This version takes a path only together with its snapshot.")
                        .remedy("nightjar restore latest:"
                                + Quoting.quote(session.jobs().place(asked).toArgument()) + " --into "
                                + (into == null ? "DIR" : Quoting.quote(into)))));
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
    static ErrorMessage full(Path destination) {
        return ErrorMessage.of(
                        ExitCode.FAILED,
                        ErrorClass.NO_SPACE,
                        "no-space",
                        "no room in " + Quoting.quote(destination.toString()))
                .because("Nothing half-written was left; what is whole is kept.")
                .about(destination.toString())
                .remedy("--into DIR", "where there is more room, or run it again after making some");
    }
}
