package dev.nightjar.app.command;

import dev.nightjar.app.invocation.Interrupts;
import dev.nightjar.app.invocation.Invocation;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Warnings;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program without a verb, and the flags that every verb takes in any position. */
@Command(name = "nightjar")
final class Nightjar implements Callable<Integer> {
    @Option(
            names = {"-r", "--repo"},
            paramLabel = "REPO",
            scope = ScopeType.INHERIT,
            description = "the repository (RESTIC_REPOSITORY)")
    @Nullable
    String repository;

    @Option(
            names = "--job",
            paramLabel = "NAME",
            scope = ScopeType.INHERIT,
            description = "the job, when the place does not say it")
    @Nullable
    String job;

    @Option(
            names = {"-p", "--password-file"},
            paramLabel = "F",
            scope = ScopeType.INHERIT,
            description = "read the password from this file (RESTIC_PASSWORD_FILE)")
    @Nullable
    String passwordFile;

    @Option(
            names = "--password-command",
            paramLabel = "C",
            scope = ScopeType.INHERIT,
            description = "take what this command prints as the password (RESTIC_PASSWORD_COMMAND)")
    @Nullable
    String passwordCommand;

    @Option(
            names = "--state",
            paramLabel = "DIR",
            scope = ScopeType.INHERIT,
            description = "where Nightjar keeps what it knows (NIGHTJAR_STATE)")
    @Nullable
    String state;

    @Option(names = "--json", scope = ScopeType.INHERIT, description = "one JSON object per line (nightjar help json)")
    boolean json;

    @Option(
            names = {"-q", "--quiet"},
            scope = ScopeType.INHERIT,
            description = "no progress and no hints")
    boolean quiet;

    @Option(
            names = {"-v", "--verbose"},
            scope = ScopeType.INHERIT,
            description = "say more; twice: also what only a developer wants")
    boolean[] verbose = {};

    @Option(
            names = "--color",
            paramLabel = "WHEN",
            scope = ScopeType.INHERIT,
            description = "auto, always or never (NO_COLOR)")
    Console.When colour = Console.When.auto;

    @Option(names = "--no-input", scope = ScopeType.INHERIT, description = "never ask")
    boolean noInput;

    @Option(
            names = {"-y", "--yes"},
            scope = ScopeType.INHERIT,
            description = "answer yes to every question")
    boolean yes;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "show this help")
    boolean help;

    @Option(names = "--version", versionHelp = true, scope = ScopeType.INHERIT, description = "show the version")
    boolean version;

    private final Invocation invocation;
    private final Interrupts interrupts;
    private @Nullable Console console;

    Nightjar(Invocation invocation, Interrupts interrupts) {
        this.invocation = invocation;
        this.interrupts = interrupts;
    }

    Invocation invocation() {
        return invocation;
    }

    Interrupts interrupts() {
        return interrupts;
    }

    /** The one console of this invocation; flags that come after the first call change nothing. */
    Console console() {
        if (console == null) {
            console = new Console(
                    invocation.out(),
                    invocation.err(),
                    invocation.tty(),
                    new Console.Taste(json, quiet, verbose.length, colour, noInput, yes),
                    invocation.environment(),
                    invocation.clock(),
                    invocation.zone());
            Warnings.readBy(console::warning);
        }
        return console;
    }

    @Override
    public Integer call() {
        console().answer(Topics.front());
        return 0;
    }
}
