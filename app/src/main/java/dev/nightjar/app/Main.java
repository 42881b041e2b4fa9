package dev.nightjar.app;

import dev.nightjar.app.command.Program;
import dev.nightjar.app.invocation.Invocation;
import java.util.List;

/** Where the program begins. */
public final class Main {
    private Main() {}

    /** The process: its arguments as bytes, its exit code. */
    public static void main(String[] args) {
        System.exit(run(Invocation.ofProcess(), Invocation.argumentsOfProcess(args)));
    }

    /** One command line, inside any process; returns the exit code. */
    public static int run(Invocation invocation, List<String> arguments) {
        return Program.run(invocation, arguments);
    }
}
