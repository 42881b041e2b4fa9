package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.WatcherChoice;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nightjar answer}: what became of a source is what was meant. */
@Command(
        name = "answer",
        customSynopsis = "nightjar answer ID yes|no",
        description = {
            "Answers a question that status shows: a source is empty, or on another",
            "filesystem than it was. Nothing of it is saved until then.",
            "yes: it is meant, and saved so; older snapshots keep what was there.",
            "no: nothing to do but to put it back, or to mount it. Nightjar sees that",
            "and goes on by itself; the question is gone then."
        },
        footer = {"nightjar status", "nightjar answer 3fa9c2d1 yes"})
final class AnswerVerb extends Verb {
    @Parameters(index = "0", arity = "0..1", paramLabel = "ID")
    private @Nullable String id;

    @Parameters(index = "1", arity = "0..1", paramLabel = "yes|no")
    private @Nullable String answer;

    @Override
    ExitCode run(Session session) throws Exception {
        boolean yes = "yes".equals(answer);
        if (id == null || !(yes || "no".equals(answer))) {
            throw new CommandException(ErrorMessage.usage("answer needs the id of a question, and yes or no")
                    .remedy("nightjar status", "shows what is asked"));
        }
        for (Known known : session.jobs().all()) {
            for (JsonObject question : StatusVerb.report(session, known).objects("questions")) {
                if (id.equals(question.string("id"))) {
                    answer(session, known, question, yes);
                    return ExitCode.DONE;
                }
            }
        }
        throw notAsked(id);
    }

    private static CommandException notAsked(String id) {
        return new CommandException(ErrorMessage.usage("there is no question " + Quoting.quote(id))
                .because("It may have been answered, or be no question any more. Nothing was touched.")
                .remedy("nightjar status", "shows what is asked"));
    }

    private static void answer(Session session, Known known, JsonObject question, boolean yes)
            throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        String what = Quoting.oneLine(String.valueOf(question.string("message")));
        String path = String.valueOf(question.path("path"));
        boolean running = false;
        if (yes) {
            if (!question.has("answer")) {
                throw new CommandException(ErrorMessage.usage("yes is no answer to " + what)
                        .because("What is not there at all cannot be saved so. Nothing was touched.")
                        .about(path)
                        .remedy(
                                "mkdir " + Quoting.quote(path),
                                "if it shall be empty; the question is another one then"));
            }
            running = accept(session, known, String.valueOf(question.string("id")));
        }
        if (console.json()) {
            console.answer(JsonObject.message("answered")
                    .put("id", String.valueOf(question.string("id")))
                    .putPath("path", path)
                    .put("answer", yes ? "yes" : "no"));
        } else if (yes) {
            console.answer("Taken as meant: " + what + ".");
            console.answer(
                    running
                            ? "It is saved so now; older snapshots keep what was there."
                            : "The next run or backup saves it so; older snapshots keep what was there.");
        } else {
            console.answer("Nothing was changed: " + what + ".");
            console.answer("Put it back or mount it, and Nightjar goes on by itself.");
        }
    }

    /** Whether a run was there to take it; else it is kept for the next. */
    private static boolean accept(Session session, Known known, String id)
            throws IOException, CommandException, InterruptedException {
        Optional<ControlClient> watcher =
                ControlClient.connect(known.directory().socket());
        if (watcher.isPresent()) {
            try (ControlClient client = watcher.get()) {
                JsonObject reply =
                        client.ask(new JsonObject().put("request", "answer").put("id", id));
                if (reply.type().equals("exit_error")) {
                    throw new CommandException(RemoteError.of(reply));
                }
                if (!reply.flag("taken")) {
                    throw notAsked(id);
                }
                return true;
            }
        }
        JobSetup setup = new JobSetup(known.directory(), known.job(), Optional.of(known.job()));
        try (ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, WatcherChoice.AUTO))) {
            if (!feed.accept(id)) {
                throw notAsked(id);
            }
        }
        return false;
    }
}
