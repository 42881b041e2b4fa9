package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.restore.RestoreRun.OfNode;
import dev.nightjar.repository.restore.RestoreRun.OfTree;
import dev.nightjar.repository.restore.RestoreRun.Source;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks what a restore would, and says what would become of each entry; touches nothing. For one thread. */
final class Preview {

    private record Pending(BytePath path, Id tree, RestoreFilter filter, boolean there) {}

    private final Repository repository;
    private final RestoreOptions options;
    private final @Nullable Directory into;
    private final PreviewListener listener;
    private final Deque<Pending> pending = new ArrayDeque<>();
    private boolean goesOn = true;

    private Preview(Repository repository, RestoreOptions options, @Nullable Directory into, PreviewListener listener) {
        this.repository = repository;
        this.options = options;
        this.into = into;
        this.listener = listener;
    }

    static void walk(
            Repository repository,
            RestoreOptions options,
            Source source,
            @Nullable Directory into,
            PreviewListener listener)
            throws IOException {
        Preview preview = new Preview(repository, options, into, listener);
        BytePath top = BytePath.of("");
        switch (source) {
            case OfTree(Id tree) -> preview.pending.push(new Pending(top, tree, options.filter(), into != null));
            case OfNode(Node node) -> {
                RestoreFilter filter = RestoreFilter.only(List.of(node.name()), options.filter());
                preview.entry(top, into, node, filter, RestoreFilter.Answer.IN);
            }
        }
        while (preview.goesOn && !preview.pending.isEmpty()) {
            preview.fill(preview.pending.pop());
        }
    }

    private void fill(Pending next) throws IOException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedIOException("interrupted");
        }
        try (Directory directory = open(next)) {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, next.tree()));
            for (Node node; goesOn && (node = reader.next()) != null; ) {
                RestoreFilter.Answer answer = next.filter().judge(node.name(), node.type() == NodeType.DIRECTORY);
                if (answer != RestoreFilter.Answer.OUT) {
                    entry(next.path(), directory, node, next.filter(), answer);
                }
            }
        }
    }

    private @Nullable Directory open(Pending next) throws LinuxException {
        try {
            return into == null || !next.there() ? null : into.openBeneath(next.path());
        } catch (NotFoundException _) {
            return null; // gone meanwhile
        }
    }

    private void entry(
            BytePath in, @Nullable Directory directory, Node node, RestoreFilter filter, RestoreFilter.Answer answer)
            throws LinuxException {
        BytePath path = in.resolve(node.name());
        switch (node.type()) {
            case SOCKET, IRREGULAR -> {}
            case FILE, SYMLINK, FIFO, BLOCK_DEVICE, CHARACTER_DEVICE -> tell(path, node, fate(directory, node));
            case DIRECTORY -> {
                Stat there = directory == null ? null : directory.statOrNull(node.name());
                boolean isThere = there != null && there.type() == FileType.DIRECTORY;
                Fate fate = isThere ? Fate.SAME : fate(directory, node);
                if (answer == RestoreFilter.Answer.IN) {
                    tell(path, node, fate);
                }
                if (node.subtree() != null && fate != Fate.KEPT) {
                    pending.push(new Pending(path, node.subtree(), filter.below(node.name()), isThere));
                }
            }
        }
    }

    private void tell(BytePath path, Node node, Fate fate) {
        goesOn &= listener.entry(path, node, fate);
    }

    private Fate fate(@Nullable Directory directory, Node node) throws LinuxException {
        if (directory == null) {
            return Fate.NEW;
        }
        return switch (Existing.judge(directory, node, options.overwrite())) {
            case ABSENT -> Fate.NEW;
            case SAME -> Fate.SAME;
            case REPLACE -> Fate.REPLACED;
            case IN_THE_WAY -> Fate.KEPT;
            case KEEP ->
                Existing.isSame(directory, node) ? Fate.SAME : options.oldNames() == null ? Fate.KEPT : Fate.BESIDE;
        };
    }
}
