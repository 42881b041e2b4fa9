package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "run")
final class RunVerb extends Verb {
    @Override
    ExitCode run(Session session) {
        return ExitCode.FAILED;
    }
}
