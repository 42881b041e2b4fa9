package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import dev.nightjar.repository.tree.TreeReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Searches a history, snapshot by snapshot, for names. It keeps what it found in the snapshot before, directory by directory,
 * and reads only directories that are others in the next: a thousand snapshots cost little more than one and their changes.
 * What it keeps is bounded. For one thread.
 */
public final class TreeFind {
    /** Says what is looked for. */
    @FunctionalInterface
    public interface Wanted {
        /** Whether this entry of the directory {@code parent} is looked for; asked once for each tree it stands in. */
        boolean matches(BytePath parent, Node node);
    }

    /**
     * Something that was found, as it was in some snapshots one after the other.
     *
     * @param node without content, attributes and subtree
     * @param first the oldest of these snapshots
     * @param last the newest
     * @param snapshots how many they are
     */
    public record Run(BytePath path, Node node, Snapshot first, Snapshot last, int snapshots) {}

    /** Is told what was found. */
    public interface Listener {
        /** In this snapshot there is this match; told for every match in every snapshot. */
        void match(Snapshot snapshot, BytePath path, Node node) throws IOException;

        /** Told once for each version of each match, when it ended or the history did. */
        void run(Run run) throws IOException;
    }

    private final Repository repository;
    private final Wanted wanted;
    private final Listener listener;
    private final int limit;
    private final BarrenTrees barren = new BarrenTrees();
    private List<Snapshot> history = List.of();
    private int now;
    private int open;

    /**
     * The repository is locked for reading, and its index loaded.
     *
     * @param limit how many matches a snapshot may have
     */
    public TreeFind(Repository repository, Wanted wanted, Listener listener, int limit) {
        this.repository = repository;
        this.wanted = wanted;
        this.listener = listener;
        this.limit = limit;
    }

    /** A match, open since a snapshot. */
    private record Found(Node node, @Nullable Id content, int since) {}

    /** A directory with something in it that was found. */
    private static final class Place {
        @Nullable
        Id tree;

        Map<Name, Found> matches = new TreeMap<>();
        Map<Name, Place> places = new TreeMap<>();

        boolean isEmpty() {
            return matches.isEmpty() && places.isEmpty();
        }
    }

    /**
     * Searches these snapshots, in this order; those of one host and paths, oldest first, have the least to read.
     *
     * @throws TooManyMatchesException if a snapshot has more than the limit
     */
    public void search(List<Snapshot> snapshots) throws IOException {
        history = List.copyOf(snapshots);
        open = 0;
        Place root = new Place();
        for (now = 0; now < history.size(); now++) {
            bringUp(root, BytePath.root(), history.get(now).tree());
            tell(root, BytePath.root(), history.get(now));
        }
        end(root, BytePath.root());
    }

    private void bringUp(Place place, BytePath path, Id tree) throws IOException {
        if (tree.equals(place.tree)) {
            return;
        }
        Steps.mayGoOn();
        Map<Name, Found> before = place.matches;
        Map<Name, Place> placesBefore = place.places;
        place.tree = tree;
        place.matches = new TreeMap<>();
        place.places = new TreeMap<>();
        TreeReader nodes = new TreeReader(repository.loadBlob(BlobType.TREE, tree));
        for (Node node; (node = nodes.next()) != null; ) {
            if (wanted.matches(path, node)) {
                place.matches.put(node.name(), found(path, before.remove(node.name()), node));
            }
            if (node.type() == NodeType.DIRECTORY && node.subtree() != null) {
                Place below = below(placesBefore.remove(node.name()), path.resolve(node.name()), node.subtree());
                if (below != null) {
                    place.places.put(node.name(), below);
                }
            }
        }
        for (Map.Entry<Name, Found> gone : before.entrySet()) {
            end(path.resolve(gone.getKey()), gone.getValue());
        }
        for (Map.Entry<Name, Place> gone : placesBefore.entrySet()) {
            end(gone.getValue(), path.resolve(gone.getKey()));
        }
    }

    private @Nullable Place below(@Nullable Place known, BytePath path, Id tree) throws IOException {
        if (known == null && barren.contains(tree, path)) {
            return null;
        }
        Place place = known == null ? new Place() : known;
        bringUp(place, path, tree);
        if (place.isEmpty()) {
            barren.add(tree, path);
            return null;
        }
        return place;
    }

    private Found found(BytePath parent, @Nullable Found before, Node node) throws IOException {
        Id content = hash(node.content());
        if (before != null) {
            if (isSame(before, node, content)) {
                return before;
            }
            end(parent.resolve(node.name()), before);
        }
        if (++open > limit) {
            throw new TooManyMatchesException(limit);
        }
        return new Found(slim(node), content, now);
    }

    /** Whether people would say that it is the same version: name, type, content, owner, mode and modification time. */
    private static boolean isSame(Found before, Node node, @Nullable Id content) {
        Node known = before.node();
        return known.type() == node.type()
                && known.size() == node.size()
                && known.mtime().equals(node.mtime())
                && known.permissions() == node.permissions()
                && known.uid() == node.uid()
                && known.gid() == node.gid()
                && known.device() == node.device()
                && Arrays.equals(known.linkTarget(), node.linkTarget())
                && Objects.equals(before.content(), content);
    }

    private static @Nullable Id hash(@Nullable List<Id> content) {
        if (content == null || content.size() == 1) {
            return content == null ? null : content.getFirst();
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream(content.size() * Id.LENGTH);
        content.forEach(id -> all.writeBytes(id.bytes()));
        return Id.sha256(all.toByteArray());
    }

    private static Node slim(Node node) {
        return new Node(
                node.name(),
                node.type(),
                node.permissions(),
                node.mtime(),
                node.atime(),
                node.ctime(),
                node.uid(),
                node.gid(),
                node.user(),
                node.group(),
                node.inode(),
                node.deviceId(),
                node.size(),
                node.links(),
                node.linkTarget(),
                List.of(),
                node.device(),
                null,
                null,
                null);
    }

    private void tell(Place place, BytePath path, Snapshot snapshot) throws IOException {
        for (Map.Entry<Name, Found> match : place.matches.entrySet()) {
            listener.match(
                    snapshot, path.resolve(match.getKey()), match.getValue().node());
        }
        for (Map.Entry<Name, Place> below : place.places.entrySet()) {
            Steps.mayGoOn();
            tell(below.getValue(), path.resolve(below.getKey()), snapshot);
        }
    }

    private void end(Place place, BytePath path) throws IOException {
        for (Map.Entry<Name, Found> match : place.matches.entrySet()) {
            end(path.resolve(match.getKey()), match.getValue());
        }
        for (Map.Entry<Name, Place> below : place.places.entrySet()) {
            end(below.getValue(), path.resolve(below.getKey()));
        }
    }

    /** It was last seen in the snapshot before this one. */
    private void end(BytePath path, Found found) throws IOException {
        open--;
        listener.run(
                new Run(path, found.node(), history.get(found.since()), history.get(now - 1), now - found.since()));
    }
}
