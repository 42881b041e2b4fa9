package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.check.CheckError;
import dev.nightjar.repository.check.CheckListener;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar check}: is the repository whole? */
@Command(
        name = "check",
        customSynopsis = "nightjar check [--read-data]",
        description = {
            "Is it ok?   status (now)   audit (the sources)   check (the repository)",
            "",
            "Checks that every snapshot can be read back: keys, snapshots, index, trees,",
            "and that every pack is there. --read-data also reads every pack and compares",
            "it with its hashes, which takes as long as reading the whole repository.",
            "Exit code 1 if something is damaged; then it says which files are affected."
        },
        footer = {"nightjar check", "nightjar check --read-data -r /mnt/nas/documents"})
final class CheckVerb extends Verb {
    private static final int SHOWN = 9;

    @Option(names = "--read-data", description = "read and compare everything")
    private boolean readData;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        Instant begun = session.clock().instant();
        try (Repository repository = repositories.open(choice)) {
            CheckReport report = new Checker(repository)
                    .check(readData, (stage, done, total) -> console.live(progress(stage, done, total)));
            console.live("");
            Duration took = Duration.between(begun, session.clock().instant());
            if (console.json()) {
                json(console, report, took);
            } else {
                text(console, choice, report, took);
            }
            return report.isSound() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String progress(CheckListener.Stage stage, long done, long total) {
        String of = total > 0 ? " of " : "";
        return switch (stage) {
            case FILES -> "Checking keys, snapshots and index: " + Figures.count(done);
            case TREES -> "Checking trees: " + Figures.count(done) + (total > 0 ? of + Figures.count(total) : "");
            case DATA -> "Reading packs: " + Figures.size(done) + (total > 0 ? of + Figures.size(total) : "");
            case AFFECTED -> "Looking for the files that are affected";
        };
    }

    private void text(Console console, Repositories.Choice choice, CheckReport report, Duration took) {
        String place = console.path(choice.address().text());
        if (report.isSound()) {
            console.answer("Nothing is wrong with " + place + ".");
        } else {
            console.answer(Figures.count(report.errorCount(), "error") + " in " + place + ":");
        }
        for (CheckError error : report.errors()) {
            console.answer("");
            console.answer("  " + error.subject() + ": " + Quoting.oneLine(error.detail()));
            for (CheckError.Affected affected :
                    error.affected().stream().limit(SHOWN).toList()) {
                console.answer("    affected: " + console.path(affected.path().toArgument()) + " in "
                        + Figures.count(affected.snapshots(), "snapshot") + ", " + span(console, affected));
            }
            if (error.affectedCount() > SHOWN) {
                console.answer("    and " + Figures.count(error.affectedCount() - SHOWN) + " more");
            }
        }
        report.hints().forEach(hint -> console.answer("  note: " + Quoting.oneLine(hint)));
        console.answer("");
        console.answer("Checked " + Figures.count(report.snapshots(), "snapshot") + ", "
                + Figures.count(report.packs(), "pack") + ", " + Figures.count(report.trees(), "tree") + ", "
                + Figures.count(report.files(), "file")
                + (readData ? ", read " + Figures.size(report.bytesRead()) : "") + ", in " + Figures.took(took) + ".");
        if (report.isSound() && !readData) {
            console.hint("The data itself was not read: nightjar check --read-data");
        }
        if (!report.isSound()) {
            console.answer("All else is fine. Do:  keep the sources; nightjar backup saves again what they still have");
        }
    }

    private static String span(Console console, CheckError.Affected affected) {
        ZoneId zone = console.zone();
        String first = affected.first().atZone(zone).toLocalDate().toString();
        String last = affected.last().atZone(zone).toLocalDate().toString();
        return first.equals(last) ? first : first + " to " + last;
    }

    private static void json(Console console, CheckReport report, Duration took) {
        for (CheckError error : report.errors()) {
            console.answer(JsonObject.message("error")
                    .put("kind", error.kind().name().toLowerCase(Locale.ROOT))
                    .put("subject", error.subject())
                    .put("message", error.detail())
                    .put("affected_count", error.affectedCount())
                    .put(
                            "affected",
                            error.affected().stream()
                                    .map(one -> new JsonObject()
                                            .putPath("path", one.path().toArgument())
                                            .put("snapshots", one.snapshots()))
                                    .toList()));
        }
        report.hints().forEach(hint -> console.answer(JsonObject.message("note").put("message", hint)));
        console.answer(JsonObject.message("summary")
                .put("num_errors", report.errorCount())
                .put("snapshots", report.snapshots())
                .put("index_files", report.indexFiles())
                .put("packs", report.packs())
                .put("trees", report.trees())
                .put("files", report.files())
                .put("bytes_read", report.bytesRead())
                .putSeconds("seconds", took));
    }
}
