package dev.nightjar.app.command;

import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.PasswordSource;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nightjar password show}: the password of a job's repository. */
@Command(
        name = "password",
        customSynopsis = "nightjar password show",
        description = {
            "Shows the password of the job's repository: the one Nightjar made or was",
            "told, or the one that the job's password file or command gives."
        },
        footer = {
            "nightjar password show",
            "RESTIC_PASSWORD=$(nightjar password show) restic -r /mnt/nas/docs snapshots"
        })
final class PasswordVerb extends Verb {
    @Parameters(arity = "1", paramLabel = "show")
    private String action = "";

    @Override
    ExitCode run(Session session) throws Exception {
        if (!action.equals("show")) {
            throw new CommandException(ErrorMessage.usage("password cannot " + Quoting.quote(action))
                    .remedy("nightjar password show"));
        }
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        Known known = choice.job();
        Optional<PasswordSource> named = repositories.named();
        PasswordSource source = named.orElse(known == null ? null : known.job().password());
        if (source == null) {
            throw new CommandException(ErrorMessage.of(
                            ExitCode.FAILED,
                            ErrorClass.NOT_FOUND,
                            "no-password",
                            "the password of " + choice.address().shown() + " is not known here")
                    .because("It came from the environment, or was never given."));
        }
        Password password =
                session.passwords().read(source, known == null ? null : known.directory().passwordFile());
        String text = RawText.decode(password.bytes());
        if (console.json()) {
            console.answer(JsonObject.message("password").put("password", text));
        } else {
            console.answer(text);
        }
        return ExitCode.DONE;
    }
}
