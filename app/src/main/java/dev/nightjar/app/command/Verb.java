package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

/** What all verbs have in common: they run in a session and answer with an exit code. */
@Command
abstract class Verb implements Callable<Integer> {
    @ParentCommand
    @SuppressWarnings("NullAway.Init")
    private Nightjar nightjar;

    abstract ExitCode run(Session session) throws Exception;

    @Override
    public final Integer call() throws Exception {
        return run(new Session(nightjar)).code();
    }
}
