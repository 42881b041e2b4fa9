package dev.nightjar.repository.check;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.check.CheckError.Affected;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.CheckListener.Stage;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What was found so far. Thread-safe, and bounded: beyond a thousand errors they are only counted. */
final class Findings {

    private static final int LISTED_AT_MOST = 1000;
    private static final int BLOBS_AT_MOST = 200_000;
    private static final int AFFECTED_AT_MOST = 100;

    /** A blob that cannot be had. */
    record Blob(BlobType type, Id id) {}

    /** An error, and what it affects as far as that is known. */
    static final class Found {
        private final Kind kind;
        private final String subject;
        private final String detail;
        private final Map<BytePath, Affected> affected = new LinkedHashMap<>();
        private long affectedCount;

        Found(Kind kind, String subject, String detail) {
            this.kind = kind;
            this.subject = subject;
            this.detail = detail;
        }

        private CheckError toError() {
            return new CheckError(kind, subject, detail, List.copyOf(affected.values()), affectedCount);
        }
    }

    private final CheckListener listener;
    private final List<Found> errors = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();
    private final Map<Blob, Found> lostBlobs = new HashMap<>();
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

    void error(Kind kind, String subject, String detail) {
        error(kind, subject, detail, List.of());
    }

    /** An error because of which these blobs cannot be had. A blob is told once. */
    synchronized void error(Kind kind, String subject, String detail, Collection<Blob> lost) {
        errorCount++;
        if (errors.size() >= LISTED_AT_MOST) {
            return;
        }
        Found found = new Found(kind, subject, detail);
        errors.add(found);
        for (Blob blob : lost) {
            if (lostBlobs.size() < BLOBS_AT_MOST) {
                lostBlobs.putIfAbsent(blob, found);
            }
        }
    }

    synchronized boolean isLost(BlobType type, Id id) {
        return lostBlobs.containsKey(new Blob(type, id));
    }

    synchronized boolean anythingLost() {
        return !lostBlobs.isEmpty();
    }

    /** A path of a snapshot needs a blob that cannot be had. */
    synchronized void affects(BlobType type, Id id, BytePath path, Instant time) {
        @Nullable Found found = lostBlobs.get(new Blob(type, id));
        if (found == null) {
            return;
        }
        Affected before = found.affected.get(path);
        if (before != null) {
            found.affected.put(path, new Affected(path, before.snapshots() + 1, before.first(), time));
            return;
        }
        found.affectedCount++;
        if (found.affected.size() < AFFECTED_AT_MOST) {
            found.affected.put(path, new Affected(path, 1, time, time));
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
