package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code nightjar help}: the texts that belong to no single verb, and any verb's own help. */
@Command(
        name = "help",
        customSynopsis = {"nightjar help VERB", "nightjar help exit-codes|json|excludes|times|errors|changes"},
        description = "Explains a verb, or something that concerns them all.")
final class HelpVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "TOPIC")
    private @Nullable String topic;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    ExitCode run(Session session) throws CommandException {
        if (topic == null) {
            session.console().answer(HelpLayout.render(spec.root()).stripTrailing());
            return ExitCode.DONE;
        }
        CommandLine verb = spec.root().subcommands().get(topic);
        if (verb != null) {
            session.console().answer(HelpLayout.render(verb.getCommandSpec()).stripTrailing());
        } else if (Topics.NAMES.contains(topic)) {
            session.console().answer(Topics.text(topic));
        } else {
            throw new CommandException(ErrorMessage.usage("there is no help on " + Quoting.quote(topic))
                    .because("There is on every verb, and on " + String.join(", ", Topics.NAMES) + ".")
                    .remedy("nightjar", "lists all verbs"));
        }
        return ExitCode.DONE;
    }
}
