package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.repository.Commit;
import dev.nightjar.repository.CommitCounters;
import dev.nightjar.repository.CommitOptions;
import dev.nightjar.repository.FileSource;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockLostException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Carries out commits: everything newer than the cursor, into a snapshot (C14: packs, index, snapshot, then ledger and
 * cursor in one transaction). Used by one thread at a time.
 */
final class Committer {
    /** The ledger's cursor in the catalog. */
    static final String CURSOR = "repository";

    private static final String PROGRAM = "nightjar 0.1.0";

    /** How often a commit whose lock was lost is made again at once. */
    private static final int LOST_LOCKS = 3;

    private final ChangeFeed feed;
    private final JobOptions options;
    private final JobListener listener;
    private final InstantSource clock;
    private final UnaryOperator<FileSource> around;
    private final RestingFiles restingFiles = new RestingFiles();
    private final ToldProblems toldProblems = new ToldProblems();
    private final Counters counters = new Counters();
    private final Garbage garbage = Garbage.ofThisProcess();
    private long listedBefore;

    Committer(
            ChangeFeed feed,
            JobOptions options,
            JobListener listener,
            InstantSource clock,
            UnaryOperator<FileSource> around) {
        this.feed = feed;
        this.options = options;
        this.listener = listener;
        this.clock = clock;
        this.around = around;
    }

    /**
     * How a commit is to be made.
     *
     * @param asked somebody waits for it: files that never rest are read too, and the repository is asked whether the last
     *     snapshot is still there even if nothing changed
     * @param cancelled whether it shall be given up
     */
    record Manner(boolean asked, BooleanSupplier cancelled) {}

    /** What came of a commit, and up to where everything is saved. */
    record Outcome(CommitReport report, long sequence, Instant time, long restNanos) {}

    /** Makes the ledger's tables, unless they are there. */
    void prepare() throws IOException, InterruptedException {
        feed.write(LedgerTables::create);
    }

    LedgerHeader header() throws IOException {
        return feed.read(reader -> LedgerHeader.read(reader.connection()));
    }

    /** Commits what is pending. */
    Outcome commit(RepositoryHandle target, Manner manner) throws IOException, InterruptedException {
        long begun = System.nanoTime();
        Instant time = clock.instant();
        checkRoots();
        LedgerHeader header = header();
        long cursor = feed.read(reader -> reader.cursorSequence(CURSOR));
        if (!manner.asked && header.snapshot() != null) {
            long upTo = feed.sequence();
            LongSet problems = LedgerReader.problemEntries(feed);
            if (DirtyDirectories.since(feed, cursor, problems).isEmpty()) {
                return nothingChanged(header, cursor, upTo, time, begun);
            }
        }
        for (int attempt = 1; ; attempt++) {
            try {
                Outcome outcome = write(target.repository(header.repository()), manner, cursor, time, begun);
                garbage.rest();
                return outcome;
            } catch (LockLostException e) {
                if (attempt == LOST_LOCKS) {
                    throw e;
                }
            }
        }
    }

    private Outcome write(Repository repository, Manner manner, long cursor, Instant time, long begun)
            throws IOException, InterruptedException {
        try (Sources sources = new Sources(counters);
                Commit commit = repository.beginCommit(new CommitOptions(options.workers()))) {
            KnownIndexFiles indexFiles = feed.read(reader -> KnownIndexFiles.read(reader.connection()));
            boolean indexKept = indexFiles.areIn(commit.indexFiles());
            LedgerHeader header = believe(header(), repository, commit, indexKept);
            boolean listed = header.snapshot() != null;
            // Not before: taking the lock may have lasted, and what changed meanwhile belongs to this commit.
            ChangeCount pending = ChangeCount.since(feed, listed ? cursor : 0);
            LongSet problems = LedgerReader.problemEntries(feed);
            LedgerWriter ledger = new LedgerWriter(feed, header);
            CommitRun run = new CommitRun(
                    feed,
                    commit,
                    header,
                    pending.since(),
                    ledger,
                    problems,
                    !manner.asked,
                    restingFiles,
                    this::tell,
                    clock,
                    around,
                    garbage,
                    manner.cancelled);
            CommitProgress progress = listed ? CommitProgress.NONE : new FirstBackup(feed, listener);
            Parts parts = new Parts(run, progress, sources);
            DirtyDirectories dirty =
                    listed && indexKept ? DirtyDirectories.since(feed, cursor, problems) : DirtyDirectories.ALL;
            Work work = new Work(begun, counters);
            try {
                Trees trees = parts.build(dirty, pending.upTo());
                return finish(run, repository, indexFiles, pending, time, trees, work);
            } catch (IOException | InterruptedException | RuntimeException e) {
                saveForNextTime(ledger, e);
                throw e;
            }
        }
    }

    /** What was found is good for the next try, once the index has vouched for it. */
    private static void saveForNextTime(LedgerWriter ledger, Exception cause) {
        try {
            boolean interrupted = Thread.interrupted();
            ledger.flush();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        } catch (IOException | InterruptedException | RuntimeException e) {
            cause.addSuppressed(e);
        }
    }

    /** What of the ledger may be believed under this commit's lock (C14b). */
    private LedgerHeader believe(LedgerHeader found, Repository repository, Commit commit, boolean indexKept)
            throws IOException, InterruptedException {
        LedgerHeader header = found;
        if (header.begun() > header.attempt()) {
            LedgerHeader demoted = header.demoted();
            feed.write(connection -> LedgerTables.demote(connection, found, demoted));
            header = demoted;
        }
        Id snapshot = header.snapshot();
        boolean listed = repository.id().equals(header.repository())
                && snapshot != null
                && commit.snapshotIds().contains(snapshot);
        if (listed && indexKept) {
            return header;
        }
        if (listed) {
            // The snapshot is there; whether all that it needs is, the index has to say.
            return new LedgerHeader(
                    header.repository(),
                    snapshot,
                    header.roots(),
                    header.attempt(),
                    header.begun(),
                    header.attempt(),
                    header.committed());
        }
        return new LedgerHeader(
                repository.id(), null, null, header.attempt(), header.begun(), header.attempt(), header.committed());
    }

    /** Blobs that an equal tree was missing make a snapshot, too: without one nothing is finished. */
    private static boolean hasStored(Commit commit) {
        CommitCounters counters = commit.counters();
        return counters.newDataBlobs() + counters.newTreeBlobs() > 0;
    }

    private Outcome nothingChanged(LedgerHeader header, long cursor, long upTo, Instant time, long begun)
            throws IOException, InterruptedException {
        if (upTo > cursor) {
            feed.acknowledge(CURSOR, upTo, connection -> {});
        }
        CommitReport.Work work =
                new CommitReport.Work(takeListed(), 0, 0, 0, 0, 0, 0, Duration.ofNanos(System.nanoTime() - begun));
        return new Outcome(nothing(header.snapshot(), work), upTo, time, 0);
    }

    private Outcome finish(
            CommitRun run,
            Repository repository,
            KnownIndexFiles indexFiles,
            ChangeCount pending,
            Instant time,
            Trees trees,
            Work work)
            throws IOException, InterruptedException {
        long upTo = pending.upTo();
        LedgerHeader header = run.header();
        LedgerWriter ledger = run.ledger();
        if (header.snapshot() != null && trees.hash().equals(header.roots()) && !hasStored(run.commit())) {
            LedgerHeader same = new LedgerHeader(
                    header.repository(),
                    header.snapshot(),
                    header.roots(),
                    ledger.attempt(),
                    ledger.attempt(),
                    header.base(),
                    header.committed());
            ledger.finish(CURSOR, upTo, same, indexFiles, run.commit().indexFiles());
            return new Outcome(
                    nothing(header.snapshot(), work.done(run, trees, takeListed())), upTo, time, trees.restNanos());
        }
        Id tree = trees.writeAncestors(run.commit());
        run.check();
        long changes = pending.names() + trees.solved();
        Id snapshot = run.commit().finish(snapshot(header.snapshot(), tree, time, trees));
        LedgerHeader finished = new LedgerHeader(
                repository.id(),
                snapshot,
                trees.hash(),
                ledger.attempt(),
                ledger.attempt(),
                header.base(),
                time.toEpochMilli());
        ledger.finish(CURSOR, upTo, finished, indexFiles, run.commit().indexFiles());
        return new Outcome(
                committed(snapshot, header.snapshot(), changes, work.done(run, trees, takeListed())),
                upTo,
                time,
                trees.restNanos());
    }

    private Snapshot snapshot(@Nullable Id parent, Id tree, Instant time, Trees trees) {
        List<String> paths = new ArrayList<>();
        for (BytePath path : trees.paths()) {
            paths.add(path.toString());
        }
        return new Snapshot(
                null,
                time,
                parent,
                tree,
                paths,
                options.hostname(),
                options.username(),
                options.uid(),
                options.gid(),
                options.excludes(),
                options.tags(),
                null,
                PROGRAM,
                null);
    }

    private CommitReport nothing(@Nullable Id snapshot, CommitReport.Work work) throws IOException {
        ProblemReport problems = ProblemReport.of(feed, clock.instant());
        return new CommitReport.NothingToDo(snapshot, work, problems.count(), problems.first());
    }

    private CommitReport committed(Id snapshot, @Nullable Id parent, long changes, CommitReport.Work work)
            throws IOException {
        ProblemReport problems = ProblemReport.of(feed, clock.instant());
        boolean first = parent == null;
        LedgerReader.Totals totals = first ? LedgerReader.totals(feed) : new LedgerReader.Totals(-1, -1);
        return new CommitReport.Committed(
                snapshot,
                parent,
                first,
                changes,
                totals.files(),
                totals.bytes(),
                work,
                problems.count(),
                problems.first());
    }

    /** Directories listed since the commit before. */
    private long takeListed() {
        long listed = feed.counters().directoriesListed() + counters.directoriesListed();
        long since = listed - listedBefore;
        listedBefore = listed;
        return since;
    }

    private void tell(Entry entry, Problem problem, boolean olderKept) throws IOException {
        if (toldProblems.isNew(entry.id(), problem)) {
            BytePath path = feed.read(reader -> reader.path(entry.id()));
            listener.on(new JobEvent.ProblemFound(new FileProblem(
                    path, LedgerReader.told(problem.kind()), problem.reason(), problem.since(), olderKept)));
        }
    }

    private void checkRoots() throws IOException {
        for (FeedStatus.Root root : feed.status().roots()) {
            RootQuestion.check(root);
        }
    }
}
