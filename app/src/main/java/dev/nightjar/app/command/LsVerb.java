package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
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
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar ls}: what a snapshot has. */
@Command(
        name = "ls",
        customSynopsis = "nightjar ls SNAPSHOT[:PATH] [-l] [--recursive]",
        description = {
            "Lists what is in a snapshot: all of it; with :PATH what is in that",
            "directory, and with --recursive also below. SNAPSHOT is latest, latest~3",
            "or the beginning of an id."
        },
        footer = {"nightjar ls latest", "nightjar ls latest:/home/me/Documents -l"})
final class LsVerb extends Verb {
    @Parameters(arity = "1", paramLabel = "SNAPSHOT[:PATH]")
    private String what = "";

    @Option(
            names = {"-l", "--long"},
            description = "also mode, owner, size and time")
    private boolean full;

    @Option(names = "--recursive", description = "also what is in directories below PATH")
    private boolean recursive;

    @Option(names = "--host", paramLabel = "H", description = "latest of this host only")
    private @Nullable String host;

    @Override
    ExitCode run(Session session) throws Exception {
        SnapshotPath wanted = SnapshotPath.parse(what)
                .orElseThrow(() -> new CommandException(ErrorMessage.usage(
                                "ls needs a snapshot: latest, latest~3 or 8 to 64 hex digits")
                        .remedy("nightjar ls latest:"
                                + Quoting.quote(session.jobs().place(what).toArgument()))));
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        try (Repository repository = repositories.open(repositories.choose());
                RepositoryLock _ = repository.lockForReading()) {
            repository.loadIndex();
            Snapshot snapshot = wanted.find(repository, host);
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
            console.answer(json(console, node, path));
            return;
        }
        String name = Quoting.quote(path.toArgument());
        if (!full) {
            console.answer(name);
            return;
        }
        byte[] target = node.linkTarget();
        console.answer(permissions(node) + String.format(" %5d %5d ", node.uid(), node.gid())
                + String.format("%10s ", node.type() == NodeType.FILE ? Figures.size(node.size()) : "")
                + Figures.day(node.mtime().toInstant(), console.clock().instant(), console.zone()) + "  " + name
                + (target == null ? "" : " -> " + Quoting.quote(RawText.decode(target))));
    }

    private static JsonObject json(Console console, Node node, BytePath path) {
        JsonObject json = JsonObject.message("node")
                .putPath("path", path.toArgument())
                .putPath("name", node.name().toArgument())
                .put("type", node.type().word());
        if (node.type() == NodeType.FILE) {
            json.put("size", node.size());
        }
        json.put("mode", node.permissions())
                .put("permissions", permissions(node))
                .put("uid", Integer.toUnsignedLong(node.uid()))
                .put("gid", Integer.toUnsignedLong(node.gid()));
        json.putIfKnown("user", node.user()).putIfKnown("group", node.group());
        json.put("mtime", Figures.rfc3339(node.mtime().toInstant(), console.zone()))
                .put("ctime", Figures.rfc3339(node.ctime().toInstant(), console.zone()))
                .put("inode", node.inode());
        byte[] target = node.linkTarget();
        return target == null ? json : json.putPath("linktarget", RawText.decode(target));
    }

    private static String permissions(Node node) {
        char type = switch (node.type()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case BLOCK_DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case IRREGULAR -> '?';
        };
        StringBuilder text = new StringBuilder().append(type);
        String letters = "rwxrwxrwx";
        for (int i = 0; i < letters.length(); i++) {
            text.append((node.permissions() >> (8 - i) & 1) == 1 ? letters.charAt(i) : '-');
        }
        special(text, 3, node.permissions() & 04000, 's');
        special(text, 6, node.permissions() & 02000, 's');
        special(text, 9, node.permissions() & 01000, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int at, int bit, char letter) {
        if (bit != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
