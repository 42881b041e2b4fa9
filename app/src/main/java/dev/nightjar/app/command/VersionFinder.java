package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Moment;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.restore.Fate;
import dev.nightjar.repository.restore.PathSearch;
import dev.nightjar.repository.restore.RestoreFilter;
import dev.nightjar.repository.restore.RestoreOptions;
import dev.nightjar.repository.restore.Restorer;
import dev.nightjar.repository.restore.TreePaths;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Which version of a path is meant: that of a time, or the newest that differs from what is there now. Looks through the
 * snapshots of one host, newest first, at the trees on the way to the path only.
 */
final class VersionFinder {
    /** A version that was found. */
    record Version(Snapshot snapshot, Node node) {}

    private final Console console;
    private final Repository repository;
    private final List<Snapshot> snapshots;

    /** @param host whose snapshots count */
    VersionFinder(Console console, Repository repository, String host) throws IOException {
        this.console = console;
        this.repository = repository;
        this.snapshots = repository.snapshots().stream()
                .filter(snapshot -> snapshot.hostname().equals(host))
                .toList();
    }

    /** The version of a time. */
    Version at(BytePath path, Moment at) throws IOException, CommandException {
        List<Snapshot> saved = saved(path);
        List<Snapshot> until = saved.stream()
                .filter(snapshot -> !snapshot.time().isAfter(at.last()))
                .toList();
        if (until.isEmpty()) {
            throw new CommandException(ErrorMessage.of(
                            ExitCode.FAILED,
                            ErrorClass.NOT_FOUND,
                            "no-snapshot",
                            "nothing was saved yet at "
                                    + at.shown(console.clock().instant()))
                    .because("The first snapshot of " + Quoting.quote(path.toArgument()) + " is of "
                            + time(saved.getFirst()) + ".")
                    .remedy("nightjar snapshots --all", "lists them"));
        }
        Snapshot snapshot = until.getLast();
        Node node = TreePaths.find(repository, snapshot.tree(), path);
        if (node == null) {
            throw new CommandException(ErrorMessage.of(
                            ExitCode.FAILED,
                            ErrorClass.NOT_FOUND,
                            "not-found",
                            "there was no " + Quoting.quote(path.toArgument()) + " at "
                                    + at.shown(console.clock().instant()))
                    .because("Snapshot " + shortId(snapshot) + " of " + time(snapshot) + " does not have it.")
                    .about(path.toArgument())
                    .remedy(
                            "nightjar restore " + Quoting.quote(path.toArgument()),
                            "takes the newest version there is"));
        }
        return new Version(snapshot, node);
    }

    /**
     * The newest version that differs from what is there now, of a thing that is gone the last; empty if all that were
     * saved are as what is there.
     */
    Optional<Version> newestOther(BytePath path) throws IOException, CommandException {
        PathSearch search = new PathSearch(repository, path);
        Restorer restorer = new Restorer(repository, RestoreOptions.defaults());
        List<Snapshot> saved = saved(path);
        boolean found = false;
        try (Directory parent = parent(path)) {
            Node last = null;
            for (Snapshot snapshot : saved.reversed()) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new InterruptedIOException("interrupted");
                }
                Node node = search.find(snapshot.tree());
                if (node == null || (last != null && isSameVersion(node, last))) {
                    continue;
                }
                found = true;
                last = node;
                if (differs(restorer, node, parent)) {
                    return Optional.of(new Version(snapshot, node));
                }
            }
        }
        if (!found) {
            throw new CommandException(never(path));
        }
        return Optional.empty();
    }

    private static boolean isSameVersion(Node one, Node other) {
        return one.type() == other.type()
                && one.size() == other.size()
                && Objects.equals(one.subtree(), other.subtree())
                && Objects.equals(one.content(), other.content())
                && (one.subtree() != null || one.mtime().equals(other.mtime()));
    }

    private static boolean differs(Restorer restorer, Node node, @Nullable Directory parent) throws IOException {
        boolean[] differs = {false};
        restorer.preview(node, parent, (path, entry, fate) -> {
            differs[0] |= fate != Fate.SAME;
            return !differs[0];
        });
        return differs[0];
    }

    private static @Nullable Directory parent(BytePath path) throws IOException {
        BytePath parent = path.parent();
        try {
            return parent == null ? null : Directory.open(parent);
        } catch (NotFoundException _) {
            return null;
        }
    }

    /** To its old place: the nearest directory above it that is there, and from there on what is not. */
    RestoreTask toItsPlace(BytePath path, Version version, RestoreFilter filter, boolean beside) throws IOException {
        List<Name> names = path.names();
        BytePath at = BytePath.root();
        int depth = 0;
        while (depth < names.size() - 1) {
            try (Directory _ = Directory.open(at.resolve(names.get(depth)))) {
                at = at.resolve(names.get(depth));
                depth++;
            } catch (NotFoundException _) {
                break;
            }
        }
        Id tree = Objects.requireNonNull(
                TreePaths.findTree(repository, version.snapshot().tree(), at));
        RestoreFilter only = RestoreFilter.only(names.subList(depth, names.size()), filter);
        return new RestoreTask(version.snapshot(), new RestoreTask.What.Contents(tree), at, only, beside);
    }

    /** The snapshots that may have the path, oldest first; at least one. */
    private List<Snapshot> saved(BytePath path) throws CommandException {
        List<Snapshot> saved = snapshots.stream()
                .filter(snapshot -> snapshot.paths().stream().anyMatch(root -> path.startsWith(BytePath.of(root))))
                .toList();
        if (saved.isEmpty()) {
            throw new CommandException(never(path));
        }
        return saved;
    }

    private static ErrorMessage never(BytePath path) {
        return ErrorMessage.of(
                        ExitCode.FAILED,
                        ErrorClass.NOT_FOUND,
                        "not-found",
                        "no snapshot of this host has " + Quoting.quote(path.toArgument()))
                .about(path.toArgument())
                .remedy("nightjar snapshots --all", "lists what there is (--host H: another host's)");
    }

    private String time(Snapshot snapshot) {
        return Moment.minuteOf(snapshot.time(), console.zone())
                .shown(console.clock().instant());
    }

    private static String shortId(Snapshot snapshot) {
        return snapshot.id() == null ? "" : snapshot.id().shortHex();
    }
}
