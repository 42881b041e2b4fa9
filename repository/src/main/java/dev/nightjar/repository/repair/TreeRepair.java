package dev.nightjar.repository.repair;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.IdSet;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.repair.SnapshotRepair.Lost;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes trees again without what is lost in them and below them. Bytes of nodes are copied, so that nothing goes that
 * only another program knows. No recursion: trees may be thousands of levels deep.
 */
final class TreeRepair {

    private static final byte[] HEAD = "{\"nodes\":[".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAIL = "]}\n".getBytes(StandardCharsets.US_ASCII);
    private static final int LISTED_AT_MOST = 1000;
    private static final int COUNTED_AT_MOST = 200_000;
    private static final int REMEMBERED_AT_MOST = 100_000;

    /** A tree as it is to be, and how much is lost in it and below. */
    record Repaired(Id tree, long lostFiles, long lostDirectories) {}

    /** A node that stays. If it is a directory: its tree, and where that stands. */
    private record Kept(int start, int end, @Nullable Id subtree, int subtreeAt, BytePath path) {}

    /** A tree on the way down. */
    private static final class Frame {
        private final Id tree;
        private final BytePath path;
        private final byte[] bytes;
        private final List<Kept> nodes = new ArrayList<>();
        private final Map<Kept, Id> replaced = new HashMap<>();
        private int next;
        private long lostFiles;
        private long lostDirectories;

        private Frame(Id tree, BytePath path, byte[] bytes) {
            this.tree = tree;
            this.path = path;
            this.bytes = bytes;
        }

        private boolean isWhole() {
            return lostFiles == 0 && lostDirectories == 0;
        }

        private void replace(Kept node, Repaired by) {
            replaced.put(node, by.tree());
            lostFiles += by.lostFiles();
            lostDirectories += by.lostDirectories();
        }
    }

    private final Repository repository;
    private final @Nullable Rewriting rewriting;
    private final IdSet whole = new IdSet();
    private final Map<Id, Repaired> repaired = new HashMap<>();
    private final List<Lost> lost = new ArrayList<>();
    private final IdSet lostPaths = new IdSet();

    /**
     * A repair of trees.
     *
     * @param rewriting what stores new trees; null if nothing is to be stored
     */
    TreeRepair(Repository repository, @Nullable Rewriting rewriting) {
        this.repository = repository;
        this.rewriting = rewriting;
    }

    List<Lost> lost() {
        return lost;
    }

    long lostCount() {
        return lostPaths.size();
    }

    /** The tree, repaired together with all below; null if it cannot be read itself. */
    @Nullable
    Repaired repair(Id root) throws RepositoryException, InterruptedException {
        Frame top = open(root, BytePath.root());
        if (top == null) {
            return null;
        }
        Deque<Frame> way = new ArrayDeque<>();
        way.push(top);
        while (true) {
            IndexRepair.giveUpIfInterrupted();
            Frame below = goDown(way.element());
            if (below != null) {
                way.push(below);
                continue;
            }
            Frame done = way.pop();
            Repaired result = finish(done);
            Frame above = way.peek();
            if (above == null) {
                return result;
            }
            if (!done.isWhole()) {
                above.replace(above.nodes.get(above.next - 1), result);
            }
        }
    }

    /** The next directory that has to be looked at, or null if there is none left. */
    private @Nullable Frame goDown(Frame frame) throws RepositoryException {
        while (frame.next < frame.nodes.size()) {
            Kept node = frame.nodes.get(frame.next++);
            Id subtree = node.subtree();
            if (subtree == null || whole.contains(subtree)) {
                continue;
            }
            Repaired before = repaired.get(key(subtree, node.path()));
            if (before != null) {
                frame.replace(node, before);
                continue;
            }
            Frame below = open(subtree, node.path());
            if (below != null) {
                return below;
            }
            tell(node.path(), true);
            frame.replace(node, new Repaired(store(build(List.of())), 0, 1));
        }
        return null;
    }

    private Repaired finish(Frame frame) throws RepositoryException {
        if (frame.isWhole()) {
            whole.add(frame.tree);
            return new Repaired(frame.tree, 0, 0);
        }
        List<byte[]> nodes = new ArrayList<>();
        for (Kept node : frame.nodes) {
            byte[] bytes = Arrays.copyOfRange(frame.bytes, node.start(), node.end());
            Id by = frame.replaced.get(node);
            if (by != null) {
                byte[] digits = by.hex().getBytes(StandardCharsets.US_ASCII);
                System.arraycopy(digits, 0, bytes, node.subtreeAt() - node.start(), digits.length);
            }
            nodes.add(bytes);
        }
        Repaired result = new Repaired(store(build(nodes)), frame.lostFiles, frame.lostDirectories);
        if (repaired.size() < REMEMBERED_AT_MOST) {
            repaired.put(key(frame.tree, frame.path), result);
        }
        return result;
    }

    private static byte[] build(List<byte[]> nodes) {
        ByteArrayOutputStream tree = new ByteArrayOutputStream();
        tree.writeBytes(HEAD);
        for (int i = 0; i < nodes.size(); i++) {
            if (i > 0) {
                tree.write(',');
            }
            tree.writeBytes(nodes.get(i));
        }
        tree.writeBytes(TAIL);
        return tree.toByteArray();
    }

    private Id store(byte[] json) throws RepositoryException {
        return rewriting == null ? Id.sha256(json) : rewriting.storeTree(ByteBuffer.wrap(json));
    }

    private static Id key(Id tree, BytePath path) {
        return Id.sha256(tree.bytes(), path.bytes());
    }

    /** Reads a tree, and leaves out at once what is lost of its own; null if it cannot be read. */
    private @Nullable Frame open(Id tree, BytePath path) throws RepositoryException {
        try {
            byte[] bytes = repository.loadBlob(BlobType.TREE, tree);
            Frame frame = new Frame(tree, path, bytes);
            List<Lost> lostHere = new ArrayList<>();
            TreeReader reader = new TreeReader(bytes);
            for (Node node; (node = reader.next()) != null; ) {
                BytePath at = path.resolve(node.name());
                if (isLost(node)) {
                    lostHere.add(new Lost(at, node.type() == NodeType.DIRECTORY));
                    continue;
                }
                Id subtree = node.subtree();
                if (subtree != null && !stands(subtree, bytes, reader.subtreeAt())) {
                    return null;
                }
                frame.nodes.add(new Kept(reader.start(), reader.end(), subtree, reader.subtreeAt(), at));
            }
            for (Lost one : lostHere) {
                tell(one.path(), one.directory());
                frame.lostFiles += one.directory() ? 0 : 1;
                frame.lostDirectories += one.directory() ? 1 : 0;
            }
            return frame;
        } catch (CorruptException _) {
            return null;
        } catch (StorageException e) {
            return switch (e.kind()) {
                case NOT_FOUND, INPUT_OUTPUT, OTHER -> null;
                case TRANSIENT, DENIED, NO_SPACE, CACHE -> throw e;
            };
        }
    }

    private boolean isLost(Node node) {
        return switch (node.type()) {
            case FILE -> {
                List<Id> content = node.content();
                yield content == null || content.stream().anyMatch(id -> repository.locate(BlobType.DATA, id) == null);
            }
            case DIRECTORY -> node.subtree() == null;
            case SYMLINK, BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, IRREGULAR -> false;
        };
    }

    /** Whether the id stands there digit by digit, not with escapes that no program writes. */
    private static boolean stands(Id id, byte[] bytes, int at) {
        byte[] digits = id.hex().getBytes(StandardCharsets.US_ASCII);
        return at + digits.length <= bytes.length
                && Arrays.equals(bytes, at, at + digits.length, digits, 0, digits.length);
    }

    private void tell(BytePath path, boolean directory) {
        if (lostPaths.size() < COUNTED_AT_MOST && lostPaths.add(Id.sha256(path.bytes()))) {
            if (lost.size() < LISTED_AT_MOST) {
                lost.add(new Lost(path, directory));
            }
        }
    }
}
