package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "changes")
final class ChangesVerb extends Verb {
    @Override
    ExitCode run(Session session) {
        return ExitCode.FAILED;
    }
}
