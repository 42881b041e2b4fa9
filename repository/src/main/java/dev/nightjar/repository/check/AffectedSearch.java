package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.IdSet;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.check.CheckListener.Stage;
import dev.nightjar.repository.check.Findings.Found;
import dev.nightjar.repository.check.Findings.Odd;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.TreeReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the files that need what is lost: walks the snapshots' trees again, with paths, and passes over trees in which
 * nothing was found before, or which an earlier snapshot had at the same path. For one thread.
 */
final class AffectedSearch {

    private static final int REMEMBERED_AT_MOST = 100_000;

    private record Child(BytePath path, Id tree) {}

    /** A tree on the way down, what was found in it and below, and the subtrees that are still to be looked at. */
    private static final class Frame {
        private final Child place;
        private final Deque<Child> children = new ArrayDeque<>();
        private final Set<Found> found = new HashSet<>();
        private boolean unread;

        private Frame(Child place) {
            this.place = place;
        }
    }

    private final Repository repository;
    private final Findings findings;
    private final IdSet clean = new IdSet();
    private final Map<Id, Set<Found>> known = new HashMap<>();

    AffectedSearch(Repository repository, Findings findings) {
        this.repository = repository;
        this.findings = findings;
    }

    void search(List<Snapshot> snapshots) throws InterruptedException {
        long done = 0;
        for (Snapshot snapshot : snapshots) {
            search(snapshot);
            findings.progress(Stage.AFFECTED, ++done, snapshots.size());
        }
    }

    private void search(Snapshot snapshot) throws InterruptedException {
        Deque<Frame> way = new ArrayDeque<>();
        way.push(look(new Child(BytePath.root(), snapshot.tree()), snapshot));
        while (!way.isEmpty()) {
            if (Thread.interrupted()) {
                throw new InterruptedException("check");
            }
            Frame at = way.element();
            Child next = at.children.poll();
            if (next != null) {
                way.push(look(next, snapshot));
                continue;
            }
            way.pop();
            leave(at);
            Frame above = way.peek();
            if (above != null) {
                above.found.addAll(at.found);
                above.unread |= at.unread;
            }
        }
    }

    private void leave(Frame frame) {
        if (frame.unread) {
            return;
        }
        if (frame.found.isEmpty()) {
            clean.add(frame.place.tree());
        } else if (known.size() < REMEMBERED_AT_MOST) {
            known.put(key(frame.place), frame.found);
        }
    }

    private static Id key(Child place) {
        return Id.sha256(place.tree().bytes(), place.path().bytes());
    }

    private Frame look(Child place, Snapshot snapshot) {
        Frame frame = new Frame(place);
        if (clean.contains(place.tree())) {
            return frame;
        }
        Set<Found> before = known.get(key(place));
        if (before != null) {
            before.forEach(found -> findings.affects(found, snapshot));
            frame.found.addAll(before);
            return frame;
        }
        Found lost = findings.lost(BlobType.TREE, place.tree());
        if (lost != null) {
            affects(frame, lost, place.path(), snapshot);
            return frame;
        }
        for (Odd odd : findings.odd(place.tree())) {
            Name name = odd.name();
            affects(
                    frame,
                    odd.found(),
                    name == null ? place.path() : place.path().resolve(name),
                    snapshot);
        }
        List<Child> children = new ArrayList<>();
        try {
            TreeReader reader = new TreeReader(repository.loadBlob(BlobType.TREE, place.tree()));
            for (Node node; (node = reader.next()) != null; ) {
                Id subtree = node.subtree();
                if (subtree != null) {
                    children.add(new Child(place.path().resolve(node.name()), subtree));
                }
                lookAtContent(frame, node, snapshot);
            }
        } catch (RepositoryException _) {
            // Told when the trees were checked.
            frame.unread = true;
        }
        frame.children.addAll(children);
        return frame;
    }

    private void lookAtContent(Frame frame, Node node, Snapshot snapshot) {
        List<Id> content = node.content();
        @Nullable Found last = null;
        for (Id id : content == null ? List.<Id>of() : content) {
            Found lost = findings.lost(BlobType.DATA, id);
            if (lost != null && lost != last) {
                affects(frame, lost, frame.place.path().resolve(node.name()), snapshot);
                last = lost;
            }
        }
    }

    private void affects(Frame frame, Found found, BytePath path, Snapshot snapshot) {
        findings.affects(found, path, snapshot);
        frame.found.add(found);
    }
}
