package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.job.JobDirectory;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.CommitReport;
import dev.nightjar.engine.JobEvent;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.WatcherChoice;
import java.io.IOException;
import java.util.Optional;

/** Saves a job's sources once: has the run that watches them do it, or looks at every name and reads what changed. */
final class OneBackup {
    private final Console console;

    private OneBackup(Console console) {
        this.console = console;
    }

    /** What the run answers that watches these sources and was asked to save; empty if none watches. */
    static Optional<JsonObject> byWatcher(JobDirectory job) throws IOException, CommandException {
        Optional<ControlClient> watcher = ControlClient.connect(job.socket());
        if (watcher.isEmpty()) {
            return Optional.empty();
        }
        try (ControlClient client = watcher.get()) {
            JsonObject answer = client.ask(new JsonObject().put("request", "backup"));
            if (answer.type().equals("exit_error")) {
                throw new CommandException(RemoteError.of(answer));
            }
            return Optional.of(answer);
        }
    }

    /** Saves where no run watches, and tells on the way how far it is and what is noteworthy of the sources. */
    static CommitReport save(Session session, TargetPreparation.Prepared prepared, WatcherChoice watcher)
            throws IOException, CommandException, InterruptedException {
        return new OneBackup(session.console()).saved(session, prepared, watcher);
    }

    private CommitReport saved(Session session, TargetPreparation.Prepared prepared, WatcherChoice watcher)
            throws IOException, CommandException, InterruptedException {
        JobSetup setup = prepared.setup();
        try (JobTarget repository = prepared.target();
                ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, watcher));
                BackupJob job =
                        new BackupJob(feed, repository, setup.jobOptions(session, null), this::heard, session.clock());
                var _ = session.interrupts().before(job::close)) {
            console.live("Looking at what is there ...");
            feed.scan((_, entries) -> console.live("Looking at what is there: " + Figures.count(entries, "name")));
            CommitReport report = job.commitNow();
            console.live("");
            for (String line : Notices.of(console, feed.status())) {
                console.talk(line);
            }
            return report;
        }
    }

    private void heard(JobEvent event) {
        if (event instanceof JobEvent.FirstBackupProgress progress) {
            console.live(ProgressText.of(console, progress));
        }
    }
}
