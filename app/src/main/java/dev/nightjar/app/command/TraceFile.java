package dev.nightjar.app.command;

import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what only a developer wants to read in a file of the state directory. */
final class TraceFile {
    private static final int MAX_CAUSES = 10;

    private TraceFile() {}

    /** An exception with where it came from, and its causes. */
    static String text(Throwable thrown) {
        StringBuilder text = new StringBuilder();
        Throwable next = thrown;
        for (int depth = 0; next != null && depth < MAX_CAUSES; depth++) {
            text.append(depth == 0 ? "" : "caused by ").append(next).append('\n');
            for (StackTraceElement element : next.getStackTrace()) {
                text.append("    at ").append(element).append('\n');
            }
            next = next.getCause();
        }
        return text.toString();
    }

    /** Writes the trace, and adds the file's name to the message. */
    static ErrorMessage write(Session session, String verb, Throwable trace, ErrorMessage error) {
        String text = "nightjar " + VersionVerb.VERSION + " " + verb + "\n" + text(trace);
        try {
            session.state().create();
            String stamp = Figures.logTime(session.clock().instant(), session.console().zone()).replace(':', '.');
            Path file = session.state().path().resolve("error-" + stamp + "-" + ProcessHandle.current().pid() + ".txt");
            Files.writeString(file, text);
            return error.because("Details are in " + Quoting.quote(file.toString()));
        } catch (IOException _) {
            return error.because("(" + Quoting.oneLine(String.valueOf(trace)) + ")");
        }
    }
}
