package dev.nightjar.app.command;

import dev.nightjar.app.invocation.Interrupts;
import dev.nightjar.app.invocation.Invocation;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.ParseResult;

/** The whole command line: reads the arguments, runs the verb, and turns whatever goes wrong into a message and a code. */
public final class Program {
    private final List<String> arguments;
    private final List<String> verbs;
    private final Nightjar nightjar;
    private final CommandLine commandLine;

    private Program(Invocation invocation, List<String> arguments, List<String> verbs) {
        this.arguments = arguments;
        this.verbs = verbs;
        this.nightjar = new Nightjar(invocation, new Interrupts(invocation.signals(), invocation.halt()));
        this.commandLine = commandLine(nightjar, verbs);
        commandLine.setParameterExceptionHandler((mistake, _) -> misused(mistake));
        commandLine.setExecutionExceptionHandler((exception, verb, _) -> failed(exception, verb));
    }

    /** The model of the command line with these verbs, for help too. */
    static CommandLine commandLine(Nightjar nightjar, List<String> verbs) {
        CommandLine line = new CommandLine(nightjar);
        Verbs.add(line, verbs);
        line.setExpandAtFiles(false)
                .setAbbreviatedOptionsAllowed(false)
                .setAbbreviatedSubcommandsAllowed(false)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setUnmatchedOptionsArePositionalParams(false)
                .setTrimQuotes(false)
                .setInterpolateVariables(false);
        line.registerConverter(java.time.Duration.class, Durations::parse);
        HelpLayout.install(line);
        return line;
    }

    /** Runs one command line; the result is the process's exit code. */
    public static int run(Invocation invocation, List<String> arguments) {
        return new Program(invocation, arguments, Verbs.namedIn(arguments)).run();
    }

    private int run() {
        int code = execute();
        Console console = nightjar.console();
        console.live("");
        console.flush();
        IOException failure = console.failure();
        if (failure != null && code == ExitCode.DONE.code()) {
            ErrorMessage error = ErrorMessage.of(
                            ExitCode.FAILED, ErrorClass.PERMANENT, "output", "the answer could not be written")
                    .because("(" + Quoting.oneLine(String.valueOf(failure.getMessage())) + ")");
            console.error(error);
            return error.exitCode().code();
        }
        return code;
    }

    private int execute() {
        StringWriter help = new StringWriter();
        commandLine.setOut(new PrintWriter(help, true));
        int code;
        try {
            code = commandLine.execute(arguments.toArray(String[]::new));
        } catch (OutOfMemoryError e) {
            ErrorMessage error = Errors.explain(e);
            nightjar.console().live("");
            nightjar.console().error(error);
            return error.exitCode().code();
        }
        if (commandLine.isVersionHelpRequested() || anyVersionRequested(commandLine.getParseResult())) {
            VersionVerb.show(nightjar.console());
        } else if (!help.toString().isEmpty()) {
            nightjar.console().answer(help.toString().stripTrailing());
        }
        return code;
    }

    private static boolean anyVersionRequested(ParseResult result) {
        return result != null
                && (result.isVersionHelpRequested()
                        || (result.hasSubcommand() && anyVersionRequested(result.subcommand())));
    }

    private int misused(CommandLine.ParameterException mistake) {
        if (verbs.size() < Verbs.names().size()) {
            // To say what was meant takes all of them; nothing was run yet.
            return new Program(nightjar.invocation(), arguments, Verbs.names()).run();
        }
        int end = arguments.indexOf("--");
        nightjar.json = (end < 0 ? arguments : arguments.subList(0, end)).contains("--json");
        ErrorMessage error = Misuse.explain(mistake);
        nightjar.console().error(error);
        return error.exitCode().code();
    }

    private int failed(Exception exception, CommandLine verb) {
        ErrorMessage error = Errors.explain(exception);
        Console console = nightjar.console();
        console.live("");
        boolean unexpected =
                error.errorClass() == ErrorClass.PERMANENT && error.word().equals(Errors.UNEXPECTED);
        if (unexpected) {
            error = TraceFile.write(new Session(nightjar), verb.getCommandName(), exception, error);
        }
        console.error(error);
        if (console.taste().verbosity() >= 2) {
            console.error(TraceFile.text(exception).stripTrailing());
        }
        return error.exitCode().code();
    }
}
