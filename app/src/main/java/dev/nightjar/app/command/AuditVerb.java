package dev.nightjar.app.command;

import dev.nightjar.app.control.ControlClient;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code nightjar audit}: was anything missed? */
@Command(
        name = "audit",
        customSynopsis = "nightjar audit [SRC...]",
        description = {
            "Is it ok?   status (now)   audit (the sources)   check (the repository)",
            "",
            "Compares every name in SRC with what the run that watches knows of it, while",
            "it goes on. What no event told of is listed with its likely cause, and looked",
            "at again, so that the next save has it. Exit 1 if there was anything.",
            "Where no run watches, SRC is looked through and what changed is taken in;",
            "nothing can be said about missed events then.",
            "Without SRC: the job of the current directory, or the only one."
        },
        footer = {"nightjar audit", "nightjar audit ~/Documents --json"})
final class AuditVerb extends Verb {
    private static final int SHOWN = 10;
    private static final int SHOWN_VERBOSE = 10_000;
    private static final int BATCH = 1000;

    @Parameters(arity = "0..*", paramLabel = "SRC")
    private List<String> sources = new ArrayList<>();

    @Override
    ExitCode run(Session session) throws Exception {
        ExitCode code = ExitCode.DONE;
        for (Map.Entry<String, Asked> asked : asked(session).entrySet()) {
            Known known = asked.getValue().known;
            Optional<ControlClient> watcher =
                    ControlClient.connect(known.directory().socket());
            if (watcher.isPresent()) {
                try (ControlClient client = watcher.get()) {
                    code = worse(code, new Asking(session.console(), asked.getValue()).ask(client));
                }
            } else {
                heal(session, known);
            }
        }
        return code;
    }

    /** A job, and the directories of it that were named; none is all. */
    private record Asked(Known known, List<BytePath> below) {
        List<JsonObject> sources() {
            return (below.isEmpty() ? known.job().roots() : below)
                    .stream()
                            .map(path -> new JsonObject().putPath("path", path.toArgument()))
                            .toList();
        }
    }

    private Map<String, Asked> asked(Session session) throws IOException, CommandException {
        Map<String, Asked> jobs = new LinkedHashMap<>();
        JobFinder finder = session.jobs();
        if (sources.isEmpty()) {
            Known known = finder.find(null);
            jobs.put(known.directory().id(), new Asked(known, List.of()));
        }
        for (String source : sources) {
            BytePath place = finder.place(source);
            Known known = finder.find(place);
            jobs.computeIfAbsent(known.directory().id(), _ -> new Asked(known, new ArrayList<>()))
                    .below
                    .add(place);
        }
        return jobs;
    }

    private static ExitCode worse(ExitCode one, ExitCode other) {
        return one == ExitCode.FAILED || other == ExitCode.DONE ? one : other;
    }

    /** What was missed while nobody watched is no news: it is found, and that is all. */
    private static void heal(Session session, Known known) throws IOException, CommandException, InterruptedException {
        Console console = session.console();
        JobSetup setup = new JobSetup(known.directory(), known.job(), Optional.of(known.job()));
        long begun = System.nanoTime();
        console.live("Looking at what is there ...");
        try (ChangeFeed feed = ChangeFeed.open(setup.feedOptions(session, WatcherChoice.AUTO))) {
            Cursor before = feed.cursorNow();
            feed.scan((_, entries) -> console.live("Looking at what is there: " + Figures.count(entries, "name")));
            console.live("");
            JsonObject audit = JsonObject.message("audit")
                    .put("watched", false)
                    .put("sources", new Asked(known, List.of()).sources())
                    .put("entries", feed.status().entries())
                    .put("healed", changes(feed, before))
                    .putSeconds("seconds", Duration.ofNanos(System.nanoTime() - begun));
            if (console.json()) {
                console.answer(audit);
            } else {
                AuditText.healedLines(console, audit).forEach(console::answer);
                console.hint("");
                console.hint("Watch it:  nightjar run " + JobFinder.sources(console, known.job()));
            }
        }
    }

    private static long changes(ChangeFeed feed, Cursor before) throws IOException {
        long count = 0;
        ChangeBatch batch = feed.changes(before, BATCH);
        count += batch.changes().size();
        while (batch.more()) {
            batch = feed.changes(batch.cursor(), BATCH);
            count += batch.changes().size();
        }
        return count;
    }

    /** One job's run is asked, and what it says is shown. */
    private static final class Asking {
        private final Console console;
        private final Asked asked;
        private final List<JsonObject> findings = new ArrayList<>();
        private final List<JsonObject> notCompared = new ArrayList<>();

        Asking(Console console, Asked asked) {
            this.console = console;
            this.asked = asked;
        }

        ExitCode ask(ControlClient client) throws IOException, CommandException {
            console.live("Comparing what is there ...");
            JsonObject request = new JsonObject().put("request", "audit");
            if (!asked.below.isEmpty()) {
                request.put("sources", asked.sources());
            }
            JsonObject audit = client.ask(request, this::heard);
            console.live("");
            if (audit.type().equals("exit_error")) {
                throw new CommandException(RemoteError.of(audit));
            }
            audit.put("sources", asked.sources());
            if (console.json()) {
                console.answer(audit);
            } else {
                AuditText.lines(console, audit, findings, notCompared).forEach(console::answer);
            }
            if (audit.number("found", 0) > 0) {
                return ExitCode.FAILED;
            }
            return audit.number("not_compared", 0) > 0 ? ExitCode.PARTLY : ExitCode.DONE;
        }

        private void heard(JsonObject part) {
            JsonObject progress = part.object("progress");
            if (progress != null) {
                long entries = progress.number("entries", 0);
                long total = Math.max(1, progress.number("total", 0));
                console.live(String.format("%3d%%  ", entries * 100 / total) + Figures.count(entries) + " of "
                        + Figures.count(total, "name") + " compared");
            }
            keep(part.object("finding"), findings);
            keep(part.object("not_compared"), notCompared);
        }

        private void keep(@org.jspecify.annotations.Nullable JsonObject one, List<JsonObject> kept) {
            if (one == null) {
                return;
            }
            if (console.json()) {
                console.answer(one);
            } else if (kept.size() < (console.verbose() ? SHOWN_VERBOSE : SHOWN)) {
                kept.add(one);
            }
        }
    }
}
