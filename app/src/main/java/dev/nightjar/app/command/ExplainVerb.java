package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "explain")
final class ExplainVerb extends Verb {
    @Override
    ExitCode run(Session session) {
        return ExitCode.FAILED;
    }
}
