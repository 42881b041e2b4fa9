package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar ls}: what a snapshot has. */
@Command(
        name = "ls",
        customSynopsis = "nightjar ls SNAPSHOT[:PATH] [-l] [--recursive]",
        description = {
            "Lists what is in a snapshot: all of it; with :PATH what is in that",
            "directory, and with --recursive also below. SNAPSHOT is latest, latest~3",
            "or the beginning of an id. restic's way is taken, too: ls SNAPSHOT PATH."
        },
        footer = {"nightjar ls latest", "nightjar ls latest:/home/me/Documents -l"})
final class LsVerb extends Verb {
    @Parameters(index = "0", arity = "1", paramLabel = "SNAPSHOT[:PATH]")
    private String what = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "PATH", hidden = true)
    private @Nullable String place;

    @Option(
            names = {"-l", "--long"},
            description = "also mode, owner, size and time")
    private boolean full;

    @Option(names = "--recursive", description = "also what is in directories below PATH")
    private boolean recursive;

    @Mixin
    private FilterFlags flags = new FilterFlags();

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath wanted = SnapshotPath.needed(session, "ls", what, place);
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            repository.loadIndex();
            Snapshot snapshot = wanted.find(repository, flags.filter(session));
            BytePath path = wanted.path();
            if (path == null) {
                list(console, repository, snapshot.tree(), BytePath.root(), true);
                return ExitCode.DONE;
            }
            Id tree = TreePaths.findTree(repository, snapshot.tree(), path);
            if (tree != null) {
                list(console, repository, tree, path, recursive);
                return ExitCode.DONE;
            }
            Node node = TreePaths.find(repository, snapshot.tree(), path);
            if (node == null) {
                throw new CommandException(wanted.pathMissing(snapshot, path.toArgument()));
            }
            show(console, node, path);
        }
        return ExitCode.DONE;
    }

    private void list(Console console, Repository repository, Id tree, BytePath path, boolean below)
            throws IOException {
        TreeReader nodes = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node = nodes.next(); node != null && !console.isClosed(); node = nodes.next()) {
            BytePath here = path.resolve(node.name());
            show(console, node, here);
            if (below && node.subtree() != null) {
                list(console, repository, node.subtree(), here, true);
            }
        }
    }

    private void show(Console console, Node node, BytePath path) {
        if (console.json()) {
            console.answer(NodeText.json(JsonObject.message("node"), console, node, path));
            return;
        }
        String name = Quoting.quote(path.toArgument());
        if (!full) {
            console.answer(name);
            return;
        }
        byte[] target = node.linkTarget();
        console.answer(NodeText.line(console, node) + "  " + name
                + (target == null ? "" : " -> " + Quoting.quote(RawText.decode(target))));
    }
}
