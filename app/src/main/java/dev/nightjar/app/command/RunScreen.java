package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.engine.BackupJob;
import dev.nightjar.engine.JobListener;
import dev.nightjar.engine.JobStatus;
import dev.nightjar.feed.ChangeFeed;

/** Where a running job tells what it does: a terminal, a log, or a program that reads JSON. */
interface RunScreen extends JobListener, AutoCloseable {
    /** The job is about to start. */
    void begin(ChangeFeed feed, BackupJob job);

    /** Something the user should know once. */
    void notice(String line);

    /** The job was asked to stop. */
    void stopping(boolean byKey);

    /** The job has stopped, and this is where it was. */
    void ended(JobStatus status);

    @Override
    void close();

    /** The screen that fits stdout. */
    static RunScreen of(Session session, JobSetup setup) {
        Console console = session.console();
        if (console.json()) {
            return new JsonScreen(console, setup);
        }
        return console.tty().isTerminal(1)
                ? new LiveScreen(session, setup)
                : new LogScreen(session, setup, Journal.isOurs(session.environment()));
    }
}
