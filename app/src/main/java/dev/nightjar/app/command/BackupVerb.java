package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.feed.ChangeFeed;
import java.io.IOException;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code nightjar backup}: saves once. */
@Command(
        name = "backup",
        customSynopsis = "nightjar backup [SRC...] [--to REPO] [--exclude P]...",
        description = {
            "Saves what is in SRC now, once: looks at every name, reads only what",
            "changed. The repository must exist (nightjar init). Where a run watches",
            "the same sources, that run saves at once instead.",
            "Without SRC: the job of the current directory, or the only one."
        },
        footer = {
            "nightjar backup ~/Documents --to /mnt/nas/documents",
            "nightjar backup",
            "nightjar backup ~/src --to /mnt/nas/src --exclude 'build/' --json"
        })
final class BackupVerb extends Verb {
    @Mixin
    private SourceFlags sources = new SourceFlags();

    @Mixin
    private TargetFlags target = new TargetFlags();

    @Override
    ExitCode run(Session session) throws Exception {
        JobSetup setup = JobSetup.of(session, sources);
        Optional<ControlClient> watcher =
                ControlClient.connect(setup.directory().socket());
        if (watcher.isPresent()) {
            try (ControlClient client = watcher.get()) {
                return asked(session, client.ask(new JsonObject().put("request", "backup")));
            }
        }
        JobSetup whole = setup.with(session, "backup", target);
        var prepared = new TargetPreparation(session, whole).prepare(TargetPreparation.Manner.MUST_EXIST);
        return alone(session, prepared);
    }

    private ExitCode alone(Session session, TargetPreparation.Prepared prepared)
            throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        JobSetup setup = prepared.setup();
        BackupProgress progress = new BackupProgress(console);
        try (JobTarget repository = prepared.target();
                ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, sources.watcherChoice()));
                BackupJob job = new BackupJob(
                        feed, repository, setup.jobOptions(session, null), progress::heard, session.clock());
                var _ = session.interrupts().before(job::close)) {
            progress.looking();
            feed.scan(progress::scanned);
            CommitReport report = job.commitNow();
            console.live("");
            for (String line : Notices.of(console, feed.status())) {
                console.talk(line);
            }
            return CommitText.answer(console, setup.job().name(), CommitText.json(report));
        }
    }

    private static ExitCode asked(Session session, JsonObject answer) throws CommandException {
        if (answer.type().equals("exit_error")) {
            throw new CommandException(RemoteError.of(answer));
        }
        return CommitText.answer(session.console(), "", answer);
    }

    /** The line that lives while a backup goes on. */
    private static final class BackupProgress {
        private final Console console;

        BackupProgress(Console console) {
            this.console = console;
        }

        void looking() {
            console.live("Looking at what is there ...");
        }

        void scanned(long directories, long entries) {
            console.live("Looking at what is there: " + dev.nightjar.app.output.Figures.count(entries, "name"));
        }

        void heard(JobEvent event) {
            if (event instanceof JobEvent.FirstBackupProgress progress) {
                console.live(ProgressText.of(console, progress));
            }
        }
    }
}
