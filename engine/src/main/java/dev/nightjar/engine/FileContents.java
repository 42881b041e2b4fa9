package dev.nightjar.engine;

import dev.nightjar.feed.Entry;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.FileContent;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * Gets the blobs of files: from the ledger where the content is still that, else by reading the file (C12, C13). Readings
 * are under way in bounded number, and are completed in the order they were begun.
 */
final class FileContents {
    private static final int UNDER_WAY = 2_048;
    private static final int TRIES = 3;
    private static final long SHORT = 2_000_000_000L;

    private record UnderWay(FileReading reading, Future<FileContent> future, ReadDone done, int tries) {}

    /** Is told when a line's content is settled, one way or the other. */
    @FunctionalInterface
    interface ReadDone {
        void done(Line line) throws IOException;
    }

    private final CommitRun run;
    private final CommitProgress progress;
    private final Deque<UnderWay> underWay = new ArrayDeque<>();

    private final LongSet solved = new LongSet();
    private long restNanos;

    FileContents(CommitRun run, CommitProgress progress) {
        this.run = run;
        this.progress = progress;
    }

    /**
     * Settles the line of a regular file from what is known.
     *
     * @return whether that was enough; if not, it must be read
     */
    boolean settle(Line line) throws IOException, InterruptedException {
        Entry entry = line.entry();
        Content known = line.content();
        if (known == null || !vouched(line, known)) {
            line.content(null);
            return false;
        }
        if (known.sequence() == entry.contentSequence()) {
            solved(line);
            return true;
        }
        long rest = run.resting() ? run.restingFiles().rest(entry.id(), System.nanoTime()) : 0;
        if (rest > 0) {
            restNanos = restNanos == 0 ? rest : Math.min(rest, restNanos);
            problem(line, Problem.Kind.RESTING, "it never rests, and its turn to be read has not come");
            return true;
        }
        return false;
    }

    /** Whether the blobs are in the repository, proved by a snapshot that is listed or by the index (C14b). */
    private boolean vouched(Line line, Content known) throws IOException, InterruptedException {
        if (run.header().proves(known.attempt())
                || known.attempt() == run.ledger().attempt()) {
            return true;
        }
        for (Id id : known.ids()) {
            if (!run.commit().has(BlobType.DATA, id)) {
                return false;
            }
        }
        run.ledger().content(line.entry().id(), known);
        return true;
    }

    /** Begins to read a file. Blocks while too much is under way. */
    void read(Line line, SourceDirectory parent, ReadDone done) throws IOException, InterruptedException {
        submit(new FileReading(parent, line), done, 1);
        while (underWay.size() > UNDER_WAY) {
            completeFirst();
        }
    }

    private void submit(FileReading reading, ReadDone done, int tries) throws IOException {
        reading.parent().retain();
        progress.reading(reading.line().entry());
        underWay.add(new UnderWay(reading, run.commit().store(run.around().apply(reading)), done, tries));
    }

    /** Nanoseconds until the first file that was passed over may be read; 0 when none was. */
    long restNanos() {
        return restNanos;
    }

    /** How many entries that have not changed since the last snapshot are whole in this one only. */
    long solved() {
        return solved.size();
    }

    /** Whether a reading is under way. */
    boolean isBusy() {
        return !underWay.isEmpty();
    }

    /** Waits for the reading that was begun first, and settles its line. */
    void completeFirst() throws IOException, InterruptedException {
        run.check();
        UnderWay first = underWay.remove();
        boolean settled;
        try {
            settled = stored(first, first.future.get());
        } catch (ExecutionException e) {
            failed(first.reading.line(), e.getCause());
            settled = true;
        } finally {
            first.reading.parent().release();
        }
        if (settled) {
            progress.done(first.reading.line().entry());
            first.done.done(first.reading.line());
        }
    }

    private boolean stored(UnderWay reading, FileContent stored) throws IOException, InterruptedException {
        FileReading file = reading.reading;
        Line line = file.line();
        Entry entry = line.entry();
        Stat before = file.before();
        if (before == null) {
            throw new IllegalStateException("stored without being read: " + entry.name());
        }
        run.restingFiles().read(entry.id(), file.nanos(), System.nanoTime());
        boolean asRow = describes(entry, before);
        if (file.still() && asRow) {
            keep(line, entry.contentSequence(), stored, before.mtime());
            solved(line);
            return true;
        }
        run.feed().hint(entry.parent(), entry.name());
        if (!file.still() && reading.tries < TRIES && file.nanos() < SHORT) {
            submit(new FileReading(file.parent(), line), reading.done, reading.tries + 1);
            return false;
        }
        line.seen(before);
        keep(line, entry.contentSequence() - 1, stored, before.mtime());
        if (file.still()) {
            problem(line, Problem.Kind.DIFFERENT, "it changed after the catalog had looked at it");
        } else {
            problem(line, Problem.Kind.UNSTABLE, "it changed while it was read");
        }
        return true;
    }

    private static boolean describes(Entry entry, Stat stat) {
        return entry.inode() == stat.inode()
                && entry.size() == stat.size()
                && entry.mtime().equals(stat.mtime())
                && entry.ctime().equals(stat.ctime());
    }

    private void keep(Line line, long sequence, FileContent stored, Timestamp mtime)
            throws IOException, InterruptedException {
        Content content = new Content(
                sequence,
                stored.size(),
                mtime,
                Content.join(stored.blobs()),
                run.ledger().attempt());
        line.content(content);
        run.ledger().content(line.entry().id(), content);
    }

    private void failed(Line line, @Nullable Throwable failure) throws IOException {
        if (failure instanceof RepositoryException repository) {
            throw repository;
        }
        if (!(failure instanceof IOException)) {
            throw new IllegalStateException("reading " + line.entry().name() + " failed", failure);
        }
        Entry entry = line.entry();
        if (FileReading.vanished(failure)) {
            run.feed().hint(entry.parent(), entry.name());
            leaveOut(line);
            problem(line, Problem.Kind.DIFFERENT, "it was not there to be read");
            return;
        }
        if (line.content() == null) {
            leaveOut(line);
        }
        problem(line, Problem.Kind.UNREADABLE, words(failure));
    }

    /** The system's words, without the path: whoever is told knows it. */
    private static String words(Throwable failure) {
        if (failure instanceof LinuxException refused) {
            return refused.reason();
        }
        String message = failure.getMessage();
        return message == null ? failure.toString() : message;
    }

    private void leaveOut(Line line) {
        line.leaveOut();
        line.content(null);
        run.ledger().forget(line.entry().id());
    }

    private void problem(Line line, Problem.Kind kind, String reason) throws IOException {
        Problem problem = new Problem(kind, reason, run.clock().instant());
        run.ledger().problem(line.entry().id(), problem);
        run.problems().add(line.entry().id());
        if (kind.told()) {
            run.teller().tell(line.entry(), problem, line.content() != null);
        }
    }

    /** The entry is in this snapshot as it is. */
    void solved(Line line) {
        if (run.problems().contains(line.entry().id())) {
            run.ledger().solved(line.entry().id());
            if (line.entry().sequence() <= run.since()) {
                solved.add(line.entry().id());
            }
        }
    }
}
