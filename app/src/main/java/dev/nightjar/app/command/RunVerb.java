package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.control.ControlServer;
import dev.nightjar.app.invocation.Interrupts;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code nightjar run}: the daemon for one job. */
@Command(
        name = "run",
        customSynopsis = "nightjar run [SRC...] [--to REPO] [--every D] [--exclude P]...",
        description = {
            "Saves SRC, then watches it and saves what changes, until Ctrl-C.",
            "Makes the repository if there is none. It is remembered: the next time",
            "`nightjar run` in that directory is enough, and status, changes and backup",
            "beside it ask it.",
            "Keys while it runs: s save now, l last changes, q stop, ? these keys."
        },
        footer = {
            "nightjar run ~/Documents --to /mnt/nas/documents",
            "nightjar run ~/src --to /mnt/nas/src --every 0s --exclude 'build/'",
            "nightjar run ~/Documents --json >> events.jsonl"
        })
final class RunVerb extends Verb {
    @Mixin
    private SourceFlags sources = new SourceFlags();

    @Mixin
    private TargetFlags target = new TargetFlags();

    @Option(
            names = "--every",
            paramLabel = "D",
            description = "save at most this long after a change: 5m (the default), 30s, 1h; sooner when much is"
                    + " pending; 0s: as soon as changes have settled")
    private @Nullable Duration every;

    @Override
    ExitCode run(Session session) throws Exception {
        JobSetup setup = JobSetup.of(session, sources).with(session, "run", target);
        if (every != null) {
            setup = setup.with(setup.job().withCadence(every));
        }
        refuseASecondOne(setup);
        var prepared = new TargetPreparation(session, setup).prepare(TargetPreparation.Manner.MAKE_OR_WAIT);
        watch(session, prepared);
        return ExitCode.DONE;
    }

    private static void refuseASecondOne(JobSetup setup) throws IOException, CommandException {
        Optional<ControlClient> watcher =
                ControlClient.connect(setup.directory().socket());
        if (watcher.isEmpty()) {
            return;
        }
        try (ControlClient client = watcher.get()) {
            JsonObject status = client.ask(new JsonObject().put("request", "status"));
            throw new CommandException(ErrorMessage.of(
                            ExitCode.FAILED,
                            ErrorClass.PERMANENT,
                            "watched",
                            "another nightjar run watches this already")
                    .because("It is process " + status.number("pid", 0) + ".")
                    .remedy("nightjar status", "shows how it is; nightjar backup makes it save now"));
        }
    }

    private void watch(Session session, TargetPreparation.Prepared prepared)
            throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        JobSetup setup = prepared.setup();
        RunScreen screen = RunScreen.of(session, setup);
        try (screen;
                JobTarget repository = prepared.target();
                ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, sources.watcherChoice()));
                BackupJob job = new BackupJob(
                        feed, repository, setup.jobOptions(session, setup.job().every()), screen, session.clock());
                var _ = session.interrupts().before(job::close)) {
            screen.begin(feed, job);
            session.interrupts().handle(kind -> stop(job, screen, kind));
            try (ControlServer _ = ControlServer.listen(
                    setup.directory().socket(), new RunControl(session, setup, feed, job, screen))) {
                feed.start();
                Notices.of(console, feed.status()).forEach(screen::notice);
                job.run();
                screen.ended(job.status());
            }
        }
    }

    private static void stop(BackupJob job, RunScreen screen, Interrupts.Kind kind) {
        screen.stopping(kind == Interrupts.Kind.INTERRUPT);
        job.stop(true);
    }
}
