package dev.nightjar.app.command;

import dev.nightjar.app.output.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "backup")
final class BackupVerb extends Verb {
    @Override
    ExitCode run(Session session) {
        return ExitCode.FAILED;
    }
}
