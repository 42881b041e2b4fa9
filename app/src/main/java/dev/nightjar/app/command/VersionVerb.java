package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import picocli.CommandLine.Command;

/** {@code nightjar version}. */
@Command(name = "version", customSynopsis = "nightjar version", description = "Shows the version.")
final class VersionVerb extends Verb {
    static final String VERSION = "0.1.0";

    @Override
    ExitCode run(Session session) {
        show(session.console());
        return ExitCode.DONE;
    }

    /** What {@code --version} shows too. */
    static void show(Console console) {
        String java = System.getProperty("java.version", "");
        String machine = System.getProperty("os.arch", "");
        if (console.json()) {
            console.answer(JsonObject.message("version")
                    .put("version", VERSION)
                    .put("java_version", java)
                    .put("kernel_version", System.getProperty("os.version", ""))
                    .put("arch", machine));
        } else {
            console.answer("nightjar " + VERSION + " on Java " + java + ", linux/" + machine);
        }
    }
}
