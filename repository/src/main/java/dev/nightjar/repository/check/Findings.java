package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.IdSet;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.CheckListener.Stage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found so far. Thread-safe, and bounded: beyond a thousand errors they are only counted. */
final class Findings {

    private static final int LISTED_AT_MOST = 1000;
    private static final int BLOBS_AT_MOST = 200_000;
    private static final int PATHS_AT_MOST = 200_000;
    private static final int AFFECTED_AT_MOST = 100;

    /** A blob that cannot be had. */
    record Blob(BlobType type, Id id) {}

    /** An error, and what it affects as far as that is known. */
    static final class Found {
        private final int number;
        private final Kind kind;
        private final String subject;
        private final @Nullable Id id;
        private final String detail;
        private final List<BytePath> paths = new ArrayList<>();
        private long pathCount;
        private final List<Snapshot> snapshots = new ArrayList<>();
        private long snapshotCount;
        private @Nullable Snapshot last;

        private Found(int number, Kind kind, String subject, @Nullable Id id, String detail) {
            this.number = number;
            this.kind = kind;
            this.subject = subject;
            this.id = id;
            this.detail = detail;
        }

        private CheckError toError() {
            return new CheckError(kind, subject, id, detail, paths, pathCount, snapshots, snapshotCount);
        }
    }

    /**
     * A tree that makes no sense.
     *
     * @param name which entry of it; null if it is the tree itself
     */
    record Odd(Found found, @Nullable Name name) {}

    private final CheckListener listener;
    private final List<Found> errors = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();
    private final Map<Blob, Found> lostBlobs = new HashMap<>();
    private final Map<Id, List<Odd>> oddTrees = new HashMap<>();
    private final IdSet pathsSeen = new IdSet();
    private long errorCount;

    Findings(CheckListener listener) {
        this.listener = listener;
    }

    synchronized void progress(Stage stage, long done, long total) {
        listener.progress(stage, done, total);
    }

    synchronized void hint(String hint) {
        if (hints.size() < LISTED_AT_MOST) {
            hints.add(hint);
        }
    }

    /** An error of the file or blob that {@code id} names and {@code what} is the kind of. */
    void error(Kind kind, String what, Id id, String detail) {
        error(kind, what, id, detail, List.of());
    }

    /** An error of no one file. */
    synchronized void error(Kind kind, String subject, String detail) {
        add(kind, subject, null, detail);
    }

    /** An error because of which these blobs cannot be had. A blob is told once. */
    synchronized void error(Kind kind, String what, Id id, String detail, Collection<Blob> lost) {
        Found found = add(kind, what + " " + id.shortHex(), id, detail);
        for (Blob blob : found == null ? List.<Blob>of() : lost) {
            if (lostBlobs.size() < BLOBS_AT_MOST) {
                lostBlobs.putIfAbsent(blob, found);
            }
        }
    }

    /** A blob is nowhere; told once, and not at all if it is known to be lost. */
    synchronized void missing(BlobType type, Id id, String detail) {
        Blob blob = new Blob(type, id);
        if (!lostBlobs.containsKey(blob)) {
            error(Kind.BLOB_MISSING, "blob", id, detail, List.of(blob));
        }
    }

    /** An entry of a tree, or the tree itself, makes no sense. */
    synchronized void odd(Id tree, @Nullable Name name, String detail) {
        Found found = add(Kind.NODE, "tree " + tree.shortHex(), tree, detail);
        if (found != null) {
            oddTrees.computeIfAbsent(tree, _ -> new ArrayList<>()).add(new Odd(found, name));
        }
    }

    private @Nullable Found add(Kind kind, String subject, @Nullable Id id, String detail) {
        errorCount++;
        if (errors.size() >= LISTED_AT_MOST) {
            return null;
        }
        Found found = new Found(errors.size(), kind, subject, id, detail);
        errors.add(found);
        return found;
    }

    /** The error because of which the blob cannot be had; null if it can. */
    synchronized @Nullable Found lost(BlobType type, Id id) {
        return lostBlobs.get(new Blob(type, id));
    }

    /** What makes no sense in this tree. */
    synchronized List<Odd> odd(Id tree) {
        return List.copyOf(oddTrees.getOrDefault(tree, List.of()));
    }

    synchronized boolean anythingToFollow() {
        return !lostBlobs.isEmpty() || !oddTrees.isEmpty();
    }

    /** The error concerns this path of this snapshot. */
    synchronized void affects(Found found, BytePath path, Snapshot snapshot) {
        affects(found, snapshot);
        Id key = Id.sha256(new byte[] {(byte) (found.number >>> 8), (byte) found.number}, path.bytes());
        if (pathsSeen.size() < PATHS_AT_MOST && pathsSeen.add(key)) {
            found.pathCount++;
            if (found.paths.size() < AFFECTED_AT_MOST) {
                found.paths.add(path);
            }
        }
    }

    /** The error concerns this snapshot; snapshots come one after the other. */
    synchronized void affects(Found found, Snapshot snapshot) {
        if (!snapshot.equals(found.last)) {
            found.last = snapshot;
            found.snapshotCount++;
            if (found.snapshots.size() < AFFECTED_AT_MOST) {
                found.snapshots.add(snapshot);
            }
        }
    }

    synchronized List<CheckError> errors() {
        return errors.stream().map(Found::toError).toList();
    }

    synchronized long errorCount() {
        return errorCount;
    }

    synchronized List<String> hints() {
        return List.copyOf(hints);
    }
}
