package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.io.IOException;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares two trees. Directories that are the same in both are not read. For one thread, and one comparison.
 */
public final class TreeDiff {
    /** Is told every difference, in the order of a walk. */
    @FunctionalInterface
    public interface Listener {
        /**
         * One difference.
         *
         * @param isDirectory what is there now, or was there last
         * @param sign restic's: {@code +} added, {@code -} removed, {@code M} other content, {@code U} other metadata,
         *     {@code T} another type; T and U may stand together
         */
        void differs(BytePath path, boolean isDirectory, String sign);
    }

    private static final int REMOVED = 0;
    private static final int ADDED = 1;

    private final Repository repository;
    private final boolean metadata;
    private final Listener listener;
    private final BlobTally blobs;
    private final long[][] counts = new long[2][3];
    private long changedFiles;

    /**
     * The repository is locked for reading, and its index loaded.
     *
     * @param metadata whether what differs in metadata only is told
     */
    public TreeDiff(Repository repository, boolean metadata, Listener listener) {
        this.repository = repository;
        this.metadata = metadata;
        this.listener = listener;
        this.blobs = new BlobTally(repository);
    }

    /**
     * Compares two trees that stand for the directory at {@code path}.
     *
     * @throws dev.nightjar.repository.RepositoryException if a tree cannot be read
     */
    public DiffReport trees(BytePath path, Id before, Id after) throws IOException {
        blobs.mark(true, BlobType.TREE, before);
        blobs.mark(false, BlobType.TREE, after);
        if (!before.equals(after)) {
            compare(path, before, after);
        }
        return report();
    }

    /** Compares what is at one path in the directory {@code parent}; null is nothing. */
    public DiffReport nodes(BytePath parent, @Nullable Node before, @Nullable Node after) throws IOException {
        differ(parent, before, after);
        return report();
    }

    private DiffReport report() {
        return new DiffReport(changedFiles, side(ADDED), side(REMOVED));
    }

    private DiffReport.Side side(int side) {
        BlobTally.Sum only = blobs.only(side == REMOVED);
        long[] count = counts[side];
        return new DiffReport.Side(count[0], count[1], count[2], only.data(), only.trees(), only.bytes());
    }

    private void compare(BytePath path, @Nullable Id before, @Nullable Id after) throws IOException {
        SortedNodes one = new SortedNodes(repository, before);
        SortedNodes other = new SortedNodes(repository, after);
        while (true) {
            Steps.mayGoOn();
            Name name = least(one.head(), other.head());
            if (name == null) {
                return;
            }
            differ(path, one.take(name), other.take(name));
        }
    }

    private static @Nullable Name least(@Nullable Node one, @Nullable Node other) {
        if (one == null || other == null) {
            return one != null ? one.name() : other == null ? null : other.name();
        }
        return one.name().compareTo(other.name()) <= 0 ? one.name() : other.name();
    }

    private void differ(BytePath parent, @Nullable Node before, @Nullable Node after) throws IOException {
        if (before != null) {
            mark(true, before);
        }
        if (after != null) {
            mark(false, after);
        }
        if (before != null && after != null) {
            change(parent, before, after);
        } else if (before != null) {
            alone(parent, before, REMOVED, "-");
        } else if (after != null) {
            alone(parent, after, ADDED, "+");
        }
        Id left = subtree(before);
        Id right = subtree(after);
        if (!Objects.equals(left, right)) {
            Node either = before != null ? before : after;
            compare(parent.resolve(Objects.requireNonNull(either).name()), left, right);
        }
    }

    private void alone(BytePath parent, Node node, int side, String sign) {
        counts[side][kind(node)]++;
        tell(parent, node, sign);
    }

    private static int kind(Node node) {
        return switch (node.type()) {
            case FILE -> 0;
            case DIRECTORY -> 1;
            case SYMLINK, BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, IRREGULAR -> 2;
        };
    }

    private void change(BytePath parent, Node before, Node after) {
        String sign = before.type() == after.type() ? "" : "T";
        boolean files = before.type() == NodeType.FILE && after.type() == NodeType.FILE;
        if (files && !Objects.equals(before.content(), after.content())) {
            changedFiles++;
            sign = "M";
        } else if (sign.isEmpty() && !Arrays.equals(before.linkTarget(), after.linkTarget())) {
            // restic calls this metadata, but where a symlink leads is all there is in it.
            sign = "M";
        } else if (metadata && !sameMetadata(before, after)) {
            sign += "U";
        }
        if (!sign.isEmpty()) {
            tell(parent, after, sign);
        }
    }

    private void tell(BytePath parent, Node node, String sign) {
        listener.differs(parent.resolve(node.name()), node.type() == NodeType.DIRECTORY, sign);
    }

    /** Whether all of the nodes but what is in the file or directory is equal. */
    private static boolean sameMetadata(Node one, Node other) {
        return one.type() == other.type()
                && one.permissions() == other.permissions()
                && one.mtime().equals(other.mtime())
                && one.atime().equals(other.atime())
                && one.ctime().equals(other.ctime())
                && one.uid() == other.uid()
                && one.gid() == other.gid()
                && Objects.equals(one.user(), other.user())
                && Objects.equals(one.group(), other.group())
                && one.inode() == other.inode()
                && one.deviceId() == other.deviceId()
                && one.size() == other.size()
                && one.links() == other.links()
                && one.device() == other.device()
                && one.xattrs().equals(other.xattrs())
                && Arrays.equals(one.linkTarget(), other.linkTarget())
                && Objects.equals(one.error(), other.error());
    }

    private static @Nullable Id subtree(@Nullable Node node) {
        return node == null || node.type() != NodeType.DIRECTORY ? null : node.subtree();
    }

    private void mark(boolean before, Node node) {
        if (node.content() != null) {
            for (Id id : node.content()) {
                blobs.mark(before, BlobType.DATA, id);
            }
        }
        Id subtree = subtree(node);
        if (subtree != null) {
            blobs.mark(before, BlobType.TREE, subtree);
        }
    }
}
