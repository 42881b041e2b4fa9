package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.ExistsException;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.RenameMode;
import dev.nightjar.linux.Stat;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackReaders;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.restore.OpenDirectories.Held;
import dev.nightjar.repository.restore.Problem.Reason;
import dev.nightjar.repository.restore.RestoreListener.Outcome;
import dev.nightjar.repository.restore.RestoreReport.Stop;
import dev.nightjar.repository.restore.SharedFile.State;
import dev.nightjar.repository.restore.SharedFile.Waiting;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * One restore: walks the trees, makes directories and all that is no regular file, and collects the regular files into
 * batches for the workers. A directory's entries are made before its subdirectories are walked, so that only one tree is
 * in memory at a time, however deep it goes. For one thread.
 */
final class RestoreRun {

    private static final int OLD_NAMES = 99;

    private record Pending(DirectoryPlan plan, Id tree, RestoreFilter filter) {}

    private record Inode(long device, long inode) {}

    private final Repository repository;
    private final RestoreOptions options;
    private final OpenDirectories directories;
    private final Tally tally;
    private final Metadata metadata;
    private final Departures departures;
    private final FileRestore files;
    private final SegmentReader segments;
    private final TemporaryNames temporaryNames;
    private final Batch batch;
    private final Workers workers;
    private final Map<Inode, SharedFile> sharedFiles = new HashMap<>();
    private final Deque<Pending> pending = new ArrayDeque<>();

    private RestoreRun(
            Repository repository,
            RestoreOptions options,
            OpenDirectories directories,
            Tally tally,
            RandomGenerator random,
            PackReaders readers,
            Workers workers) {
        this.repository = repository;
        this.options = options;
        this.directories = directories;
        this.tally = tally;
        this.metadata = new Metadata(tally);
        this.departures = new Departures(directories, metadata, tally);
        this.temporaryNames = new TemporaryNames(random);
        this.files = new FileRestore(directories, departures, metadata, temporaryNames, tally);
        this.segments = new SegmentReader(readers, files, tally, options.verify());
        this.batch = new Batch(repository, files);
        this.workers = workers;
    }

    /** What is restored: all that is in a tree, or one node. */
    sealed interface Source permits OfTree, OfNode {}

    record OfTree(Id tree) implements Source {}

    record OfNode(Node node) implements Source {}

    static RestoreReport restore(
            Repository repository, RestoreOptions options, RandomGenerator random, Source source, Directory into) {
        Tally tally = new Tally(options.listener());
        try (OpenDirectories directories = new OpenDirectories(into);
                PackReaders readers = repository.packReaders(tally::isStopped);
                Workers workers = new Workers(options.workers(), () -> tally.stop(Stop.INTERRUPTED))) {
            RestoreRun run = new RestoreRun(repository, options, directories, tally, random, readers, workers);
            DirectoryPlan root = DirectoryPlan.root(handsDownAcl(into, tally));
            switch (source) {
                case OfTree(Id tree) -> run.pending.push(new Pending(root, tree, options.filter()));
                case OfNode(Node node) -> {
                    run.entry(root, into, node, RestoreFilter.only(List.of(node.name()), options.filter()));
                    run.departures.leave(root);
                }
            }
            run.walk();
        }
        return tally.report();
    }

    private static boolean handsDownAcl(Directory directory, Tally tally) {
        try {
            return directory.selfXattrs().stream()
                    .anyMatch(xattr -> xattr.name().equals(Metadata.DEFAULT_ACL));
        } catch (LinuxException e) {
            tally.problem(BytePath.of(""), Reason.ATTRIBUTE, e);
            return false;
        }
    }

    private void walk() {
        while (!pending.isEmpty()) {
            Pending next = pending.pop();
            if (Thread.currentThread().isInterrupted()) {
                tally.stop(Stop.INTERRUPTED);
            }
            if (!tally.isStopped()) {
                fill(next.plan(), next.tree(), next.filter());
            }
            departures.leave(next.plan());
        }
        handOut();
    }

    private void fill(DirectoryPlan plan, Id tree, RestoreFilter filter) {
        Held held = null;
        try {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
            for (Node node; !tally.isStopped() && (node = reader.next()) != null; ) {
                RestoreFilter.Answer answer = filter.judge(node.name(), node.type() == NodeType.DIRECTORY);
                if (answer == RestoreFilter.Answer.WAY) {
                    later(DirectoryPlan.of(plan, node), node.subtree(), filter.below(node.name()));
                } else if (answer == RestoreFilter.Answer.IN) {
                    if (held == null) {
                        if (!make(plan)) {
                            return;
                        }
                        held = directories.hold(plan);
                        if (!plan.fresh) {
                            Leftovers.remove(held.directory);
                        }
                    }
                    entry(plan, held.directory, node, filter);
                }
            }
            for (String name : reader.refused()) {
                tally.problem(plan.path(), Reason.IMPOSSIBLE, "the snapshot has an entry called \"" + name + "\" here");
            }
        } catch (RepositoryException e) {
            tally.unread(plan.path(), e);
        } catch (LinuxException e) {
            tally.refused(plan.path(), e);
        } finally {
            if (held != null) {
                held.close();
            }
        }
    }

    private void later(DirectoryPlan plan, @Nullable Id tree, RestoreFilter filter) {
        if (tree == null) {
            tally.problem(plan.path(), Reason.DAMAGED, "the directory has no tree");
        } else {
            Objects.requireNonNull(plan.parent).enter();
            pending.push(new Pending(plan, tree, filter));
        }
    }

    private void entry(DirectoryPlan plan, Directory directory, Node node, RestoreFilter filter) {
        try {
            switch (node.type()) {
                case DIRECTORY -> directory(plan, directory, node, filter);
                case FILE, SYMLINK, FIFO, BLOCK_DEVICE, CHARACTER_DEVICE -> other(plan, directory, node);
                case SOCKET -> tally.done(plan.path(node.name()), node.type(), Outcome.SKIPPED);
                case IRREGULAR -> impossible(plan, node, "an entry of an unknown type");
            }
        } catch (LinuxException e) {
            failed(plan.path(node.name()), node, e);
        }
    }

    private void failed(BytePath path, Node node, LinuxException e) {
        tally.refused(path, e);
        tally.done(path, node.type(), Outcome.FAILED);
    }

    private void impossible(DirectoryPlan plan, Node node, String detail) {
        tally.problem(plan.path(node.name()), Reason.IMPOSSIBLE, detail);
        tally.done(plan.path(node.name()), node.type(), Outcome.FAILED);
    }

    private void directory(DirectoryPlan plan, Directory in, Node node, RestoreFilter filter) throws LinuxException {
        DirectoryPlan child = DirectoryPlan.of(plan, node);
        makeIn(in, plan, child, node);
        if (child.state != DirectoryPlan.State.THERE) {
            return;
        }
        Id tree = node.subtree();
        if (tree == null) {
            tally.problem(child.path(), Reason.DAMAGED, "the directory has no tree");
            plan.enter();
            departures.leave(child);
        } else {
            later(child, tree, filter.below(node.name()));
        }
    }

    /** Makes a directory that something is to be restored into, and those it is in, if they are not there yet. */
    private boolean make(DirectoryPlan plan) {
        Deque<DirectoryPlan> missing = new ArrayDeque<>();
        DirectoryPlan at = plan;
        while (at.state == DirectoryPlan.State.TO_BE_MADE && at.parent != null) {
            missing.push(at);
            at = at.parent;
        }
        for (DirectoryPlan each : missing) {
            DirectoryPlan parent = Objects.requireNonNull(each.parent);
            Node wanted = Objects.requireNonNull(each.wanted);
            each.state = DirectoryPlan.State.REFUSED;
            if (parent.state == DirectoryPlan.State.THERE) {
                try (Held held = directories.hold(parent)) {
                    makeIn(held.directory, parent, each, wanted);
                } catch (LinuxException e) {
                    failed(each.path(), wanted, e);
                }
            }
        }
        return plan.state == DirectoryPlan.State.THERE;
    }

    /** Makes the directory, or judges the one that is there; if something else stays in its place, that is told. */
    private void makeIn(Directory in, DirectoryPlan parent, DirectoryPlan plan, Node wanted) throws LinuxException {
        Name name = wanted.name();
        Stat there = parent.fresh ? null : in.statOrNull(name);
        if (there != null && there.type() == FileType.DIRECTORY) {
            boolean setMetadata = switch (options.overwrite()) {
                case NEVER -> false;
                case IF_NEWER -> wanted.mtime().compareTo(there.mtime()) > 0;
                case IF_CHANGED, ALWAYS -> true;
            };
            try (Directory existing = in.openDirectory(name)) {
                plan.found(setMetadata, handsDownAcl(existing, tally));
            }
            return;
        }
        if (there != null) {
            if (Existing.judge(in, wanted, options.overwrite()) == Existing.KEEP) {
                Node old = oldName(in, wanted);
                if (old == null) {
                    plan.state = DirectoryPlan.State.REFUSED;
                    tally.problem(parent.path(name), Reason.IN_THE_WAY, "something that is no directory is there");
                    tally.done(parent.path(name), wanted.type(), Outcome.KEPT);
                    return;
                }
                name = old.name();
                plan.name = name;
            } else {
                in.unlink(name);
            }
        }
        in.makeDirectory(name, 0700);
        if (parent.handsDownAcl) {
            in.removeXattr(name, Metadata.ACCESS_ACL);
            in.removeXattr(name, Metadata.DEFAULT_ACL);
        }
        plan.made();
    }

    /** The entry under a name that is free, or already has what is to be restored; null if it is not to stand beside. */
    private @Nullable Node oldName(Directory in, Node node) throws LinuxException {
        OldNames names = options.oldNames();
        if (names == null) {
            return null;
        }
        for (int attempt = 1; attempt <= OLD_NAMES; attempt++) {
            Node old = node.withName(names.of(node.name(), attempt));
            Stat there = in.statOrNull(old.name());
            if (there == null || Existing.isSame(in, old)) {
                return old;
            }
        }
        return null;
    }

    private void other(DirectoryPlan plan, Directory in, Node node) throws LinuxException {
        Existing existing = plan.fresh ? Existing.ABSENT : Existing.judge(in, node, options.overwrite());
        BytePath path = plan.path(node.name());
        switch (existing) {
            case KEEP -> {
                Node old = Existing.isSame(in, node) ? node : oldName(in, node);
                if (old == null) {
                    tally.done(path, node.type(), Outcome.KEPT);
                } else if (in.statOrNull(old.name()) == null) {
                    create(plan, in, old, false, plan.path(old.name()));
                } else {
                    tally.done(plan.path(old.name()), node.type(), Outcome.UNCHANGED);
                    rememberForLinks(plan, old);
                }
            }
            case IN_THE_WAY -> {
                tally.problem(path, Reason.IN_THE_WAY, "a directory is there");
                tally.done(path, node.type(), Outcome.KEPT);
            }
            case SAME -> {
                metadata.apply(node, Metadata.of(in, node.name()), path);
                tally.done(path, node.type(), Outcome.UNCHANGED);
                rememberForLinks(plan, node);
            }
            case ABSENT, REPLACE -> create(plan, in, node, existing == Existing.REPLACE, path);
        }
    }

    private void create(DirectoryPlan plan, Directory in, Node node, boolean replace, BytePath path)
            throws LinuxException {
        SharedFile shared = null;
        if (isShared(node)) {
            Inode inode = new Inode(node.deviceId(), node.inode());
            SharedFile first = sharedFiles.get(inode);
            if (first != null && first.isSameAs(node)) {
                if (first.wasLast()) {
                    sharedFiles.remove(inode);
                }
                link(first, new Waiting(plan, node, replace));
                return;
            }
            shared = new SharedFile(plan, node);
            sharedFiles.put(inode, shared);
        }
        if (node.type() == NodeType.FILE) {
            plan.enter();
            batch.add(new FilePlan(plan, node, replace, shared));
            if (batch.isFull()) {
                handOut();
            }
            return;
        }
        boolean there = false;
        try {
            there = special(plan, in, node, replace, path);
        } finally {
            if (shared != null) {
                shared.settle(there ? State.THERE : State.FAILED);
            }
        }
    }

    /** What is there already is as the snapshot has it: the file's other names can be links to it. */
    private void rememberForLinks(DirectoryPlan plan, Node node) {
        if (isShared(node)) {
            SharedFile same = new SharedFile(plan, node);
            same.settle(State.THERE);
            sharedFiles.putIfAbsent(new Inode(node.deviceId(), node.inode()), same);
        }
    }

    private static boolean isShared(Node node) {
        return node.links() > 1 && node.inode() != 0;
    }

    private void link(SharedFile first, Waiting other) {
        other.directory().enter();
        State state = first.stateOrWait(other);
        if (state != State.UNDER_WAY) {
            files.link(first, other, state);
        }
    }

    private void handOut() {
        batch.handOut(
                segment -> workers.submit(() -> segments.restore(segment)),
                file -> workers.submit(() -> files.complete(file)));
    }

    /** Whether it is there now. */
    private boolean special(DirectoryPlan plan, Directory in, Node node, boolean replace, BytePath path)
            throws LinuxException {
        byte[] target = node.linkTarget();
        if (node.type() == NodeType.SYMLINK && (target == null || target.length == 0)) {
            impossible(plan, node, "a symlink without a target");
            return false;
        }
        Name temporary = temporaryNames.next();
        switch (node.type()) {
            case SYMLINK -> in.symlink(temporary, target == null ? new byte[0] : target);
            case FIFO -> in.makeNode(temporary, FileType.FIFO.modeBits() | 0600, 0);
            case BLOCK_DEVICE -> in.makeNode(temporary, FileType.BLOCK_DEVICE.modeBits() | 0600, node.device());
            case CHARACTER_DEVICE -> in.makeNode(temporary, FileType.CHARACTER_DEVICE.modeBits() | 0600, node.device());
            case FILE, DIRECTORY, SOCKET, IRREGULAR ->
                throw new IllegalArgumentException(node.type().word());
        }
        boolean named = false;
        try {
            if (plan.handsDownAcl && node.type() != NodeType.SYMLINK) {
                in.removeXattr(temporary, Metadata.ACCESS_ACL);
            }
            metadata.apply(node, Metadata.of(in, temporary), path);
            in.rename(temporary, in, node.name(), replace ? RenameMode.REPLACE : RenameMode.NO_REPLACE);
            named = true;
            tally.done(path, node.type(), Outcome.RESTORED);
        } catch (ExistsException _) {
            tally.done(path, node.type(), Outcome.KEPT);
        } finally {
            if (!named) {
                in.unlink(temporary);
            }
        }
        return named;
    }
}
