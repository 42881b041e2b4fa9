package dev.nightjar.repository.restore;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.DeniedException;
import dev.nightjar.linux.ExistsException;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NoSpaceException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.OtherErrorException;
import dev.nightjar.linux.StaleException;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.restore.Problem.Reason;
import dev.nightjar.repository.restore.RestoreListener.Outcome;
import dev.nightjar.repository.restore.RestoreReport.Stop;
import dev.nightjar.repository.tree.NodeType;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** What happened so far in one restore, and whether it is to stop. Thread-safe. */
final class Tally {

    private static final int LISTED_AT_MOST = 1000;

    private final RestoreListener listener;
    private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();
    private final List<Problem> problems = new ArrayList<>();
    private final Map<Reason, Long> problemCounts = new EnumMap<>(Reason.class);
    private final List<BytePath> keptPaths = new ArrayList<>();
    private long files;
    private long directories;
    private long others;
    private long bytes;
    private long unchanged;
    private long kept;
    private long skipped;

    Tally(RestoreListener listener) {
        this.listener = listener;
    }

    boolean isStopped() {
        return stopped.get() != null;
    }

    void stop(Stop reason) {
        stopped.compareAndSet(null, reason);
    }

    synchronized void wrote(long count) {
        bytes += count;
    }

    synchronized void done(BytePath path, NodeType type, Outcome outcome) {
        switch (outcome) {
            case RESTORED -> {
                switch (type) {
                    case FILE -> files++;
                    case DIRECTORY -> directories++;
                    case SYMLINK, BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, IRREGULAR -> others++;
                }
            }
            case UNCHANGED -> unchanged++;
            case KEPT -> {
                kept++;
                if (keptPaths.size() < LISTED_AT_MOST) {
                    keptPaths.add(path);
                }
            }
            case SKIPPED -> skipped++;
            case FAILED -> {}
        }
        listener.entry(path, type, outcome, bytes);
    }

    synchronized void problem(BytePath path, Reason reason, String detail) {
        problemCounts.merge(reason, 1L, Long::sum);
        if (problems.size() < LISTED_AT_MOST) {
            problems.add(new Problem(path, reason, detail));
        }
    }

    void problem(BytePath path, Reason reason, Exception e) {
        problem(path, reason, detail(e));
    }

    /** What the system said; not of which file, as that is a temporary name. */
    static String detail(Exception e) {
        return e instanceof LinuxException linux
                ? linux.reason() + " (" + linux.call() + ": " + linux.errnoName() + ")"
                : String.valueOf(e.getMessage());
    }

    /** The destination refused something without which the entry cannot be there. */
    void refused(BytePath path, LinuxException e) {
        switch (e) {
            case NoSpaceException _ -> {
                stop(Stop.NO_SPACE);
                problem(path, Reason.NO_SPACE, e);
            }
            case DeniedException _ -> problem(path, Reason.DENIED, e);
            case NotFoundException _, ExistsException _, StaleException _, OtherErrorException _ ->
                problem(path, Reason.REFUSED, e);
        }
    }

    /** The repository did not give what it should. */
    void unread(BytePath path, RepositoryException e) {
        boolean damaged = e instanceof CorruptException
                || (e instanceof StorageException storage && storage.kind() == StorageException.Kind.NOT_FOUND);
        problem(path, damaged ? Reason.DAMAGED : Reason.UNREADABLE, e);
    }

    synchronized RestoreReport report() {
        return new RestoreReport(
                files,
                directories,
                others,
                bytes,
                unchanged,
                kept,
                skipped,
                problems,
                problemCounts,
                keptPaths,
                stopped.get());
    }
}
