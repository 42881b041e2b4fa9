package dev.nightjar.app.command;

import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.JobDirectory;
import dev.nightjar.app.job.JobSelection;
import dev.nightjar.app.job.Places;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.engine.JobOptions;
import dev.nightjar.feed.FeedOptions;
import dev.nightjar.feed.Timing;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.ThisProcess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A job as this command line means it: what was remembered, with what the flags say instead.
 *
 * @param job with the flags applied; not stored yet
 * @param before the job as it was stored; empty for a new one
 */
record JobSetup(JobDirectory directory, Job job, Optional<Job> before) {
    private static final int MAX_WORKERS = 4;

    /** The job of these sources; without sources the one that the place says. */
    static JobSetup of(Session session, SourceFlags sources) throws IOException, CommandException {
        JobDirectory directory;
        List<BytePath> roots;
        if (sources.sources.isEmpty()) {
            Known known = session.jobs().find(null);
            directory = known.directory();
            roots = known.job().roots();
        } else {
            roots = Places.roots(sources.sources, session.directory());
            directory = session.state().job(roots);
        }
        Optional<Job> before = directory.load();
        Job job = before.orElseGet(() -> Job.of(roots, JobSelection.DEFAULT));
        Optional<JobSelection> selection = sources.selection.given(session.directory());
        return new JobSetup(directory, selection.map(job::withSelection).orElse(job), before);
    }

    JobSetup with(Job changed) {
        return new JobSetup(directory, changed, before);
    }

    /** Refuses sources that a new job cannot have; what became of a known job's is a question for its engine (C17). */
    void mustBeDirectories() throws CommandException {
        if (before.isEmpty()) {
            for (BytePath root : job.roots()) {
                Places.mustBeDirectory(root);
            }
        }
    }

    /** The job with where it saves to: from flags, environment or memory. */
    JobSetup with(Session session, String verb, TargetFlags target) throws CommandException {
        mustBeDirectories();
        Optional<RepositoryAddress> named = To.address(session, target.to);
        String address = named.map(RepositoryAddress::text).orElse(job.repository());
        if (address == null) {
            throw new CommandException(ErrorMessage.usage(verb + " needs to know where to: --to REPO")
                    .remedy("nightjar " + verb + " DIR --to /mnt/nas/documents"));
        }
        boolean same = address.equals(job.repository());
        return with(job.withRepository(address, same ? job.repositoryId() : null)
                .withPassword(same ? job.password() : null)
                .withLabels(
                        target.tags.isEmpty() ? job.tags() : target.tags,
                        target.host == null ? job.host() : target.host));
    }

    /** The address of a job that has one. */
    RepositoryAddress address(Session session) throws CommandException {
        String address = job.repository();
        if (address == null) {
            throw new IllegalStateException("a job without a repository");
        }
        return RepositoryAddress.parse(address, session.directory());
    }

    /** What the feed is told; state and repository are never part of the selection. */
    FeedOptions feedOptions(Session session, WatcherChoice watcher) throws CommandException {
        List<BytePath> excluded = new ArrayList<>();
        excluded.add(BytePath.of(real(session.state().path())));
        if (job.repository() != null) {
            excluded.add(BytePath.of(address(session).text()));
        }
        return new FeedOptions(
                directory.path(),
                job.roots(),
                SelectionFlags.selection(job.selection()),
                excluded,
                watcher,
                Timing.DEFAULT,
                session.clock());
    }

    /** What the engine is told. */
    JobOptions jobOptions(Session session, @Nullable Duration every) {
        int workers = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, MAX_WORKERS);
        String host = job.host();
        return new JobOptions(
                host == null ? session.hostname() : host,
                session.username(),
                ThisProcess.uid(),
                ThisProcess.gid(),
                job.tags(),
                job.selection().excludes(),
                every == null ? JobOptions.DEFAULT_EVERY : every,
                every != null,
                workers);
    }

    private static String real(Path path) {
        try {
            return path.toRealPath().toString();
        } catch (IOException _) {
            return path.toString();
        }
    }
}
