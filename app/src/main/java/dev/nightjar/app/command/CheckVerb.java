package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.check.CheckListener;
import dev.nightjar.repository.check.CheckReport;
import dev.nightjar.repository.check.Checker;
import dev.nightjar.repository.check.ReadData;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar check}: is the repository whole? */
@Command(
        name = "check",
        customSynopsis = "nightjar check [--read-data | --read-data-subset PART]",
        description = {
            "Is it ok?   status (now)   audit (the sources)   check (the repository)",
            "",
            "Checks that every snapshot can be read back: keys, snapshots, index, trees,",
            "and that every pack is there. --read-data also reads every pack and compares",
            "it with its hashes, which takes as long as reading the whole repository.",
            "Exit code 1 if something is damaged; then it says which files of which",
            "snapshots are affected, and what to do."
        },
        footer = {
            "nightjar check",
            "nightjar check --read-data -r /mnt/nas/documents",
            "nightjar check --read-data-subset $(date +%u)/7"
        })
final class CheckVerb extends Verb {
    @Option(names = "--read-data", description = "read and compare everything")
    private boolean readData;

    @Option(
            names = "--read-data-subset",
            paramLabel = "PART",
            description = "read some of it: 2/7 (always the same seventh), or at random: 500M, or 5%")
    private @Nullable String subset;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        ReadData data = data(session);
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        Instant begun = session.clock().instant();
        try (Repository repository = repositories.open(choice)) {
            CheckReport report = new Checker(repository)
                    .check(data, (stage, done, total) -> console.live(progress(stage, done, total)));
            console.live("");
            Duration took = Duration.between(begun, session.clock().instant());
            CheckText text = new CheckText(console, choice.address().text(), readData);
            if (console.json()) {
                text.json(report, took);
            } else {
                text.text(report, took);
            }
            return report.isSound() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private ReadData data(Session session) throws CommandException {
        if (subset == null) {
            return readData ? new ReadData.All() : new ReadData.None();
        }
        if (readData) {
            throw new CommandException(ErrorMessage.usage("--read-data reads everything, --read-data-subset a part")
                    .remedy("nightjar check --help", "shows how they are used"));
        }
        try {
            return ReadData.parse(subset, session.invocation().random());
        } catch (IllegalArgumentException e) {
            throw new CommandException(
                    ErrorMessage.usage("--read-data-subset " + Quoting.quote(subset) + ": " + e.getMessage())
                            .remedy("nightjar check --read-data-subset 2/7", "or 500M, or 5%"),
                    e);
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
}
