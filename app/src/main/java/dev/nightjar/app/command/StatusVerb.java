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
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar status}: is everything safe? */
@Command(
        name = "status",
        customSynopsis = "nightjar status [PATH] [--check]",
        description = {
            "Is it ok?   status (now)   audit (the sources)   check (the repository)",
            "",
            "Shows whether everything is safe: a verdict (safe, saving, waiting, needs",
            "you, stopped), its reason, and what to do. Asks the run that watches; where",
            "none does, shows what its catalog knows. All jobs, or the one of PATH.",
            "-v also shows watches, gaps and what is left out."
        },
        footer = {"nightjar status", "nightjar status --check || mail -s 'backup' me"})
final class StatusVerb extends Verb {
    @Parameters(arity = "0..1", paramLabel = "PATH")
    private @Nullable String path;

    @Option(
            names = "--check",
            description = "one line and an exit code: 0 safe, saving or waiting; 3 safe except some files; 1 anything"
                    + " else")
    private boolean check;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        List<JsonObject> reports = new ArrayList<>();
        for (Known known : jobs(session)) {
            reports.add(report(session, known));
        }
        ExitCode code = ExitCode.DONE;
        boolean first = true;
        for (JsonObject report : reports) {
            if (console.json()) {
                console.answer(report);
            } else if (check) {
                String job = reports.size() > 1 ? report.string("job") + ": " : "";
                console.answer(Quoting.oneLine(job) + StatusText.headline(console, report));
            } else {
                if (!first) {
                    console.answer("");
                }
                StatusText.lines(console, report).forEach(console::answer);
            }
            first = false;
            code = worse(code, StatusText.exitCode(report));
        }
        return check ? code : ExitCode.DONE;
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        if (one == ExitCode.FAILED || other == ExitCode.FAILED) {
            return ExitCode.FAILED;
        }
        return one == ExitCode.PARTLY || other == ExitCode.PARTLY ? ExitCode.PARTLY : ExitCode.DONE;
    }

    private List<Known> jobs(Session session) throws IOException, CommandException {
        if (path != null || session.flags().job != null) {
            return List.of(
                    session.jobs().find(path == null ? null : session.jobs().place(path)));
        }
        List<Known> all = session.jobs().all();
        if (all.isEmpty()) {
            throw new CommandException(ErrorMessage.usage("nothing is backed up yet")
                    .because("There is no job in "
                            + session.console().path(session.state().path()) + ".")
                    .remedy("nightjar run ~/Documents --to /mnt/nas/documents"));
        }
        return all;
    }

    /** How a job is: from the run that watches it, else from its catalog. */
    static JsonObject report(Session session, Known known) throws IOException {
        Optional<ControlClient> watcher =
                ControlClient.connect(known.directory().socket());
        if (watcher.isPresent()) {
            try (ControlClient client = watcher.get()) {
                JsonObject answer = client.ask(new JsonObject().put("request", "status"));
                if (answer.type().equals("status")) {
                    return answer;
                }
            }
        }
        if (!Files.exists(known.directory().path().resolve("catalog.db"))) {
            return StatusReport.stopped(session.console(), known.job(), known.directory());
        }
        try (ChangeFeed feed = ChangeFeed.openReadOnly(known.directory().path())) {
            return StatusReport.stopped(session.console(), known.job(), known.directory(), feed);
        }
    }
}
