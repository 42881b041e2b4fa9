package dev.nightjar.app.command;

import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.Quoting;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;

/** Keeps what only a developer wants to read in a file of the state directory. */
final class TraceFile {
    private TraceFile() {}

    /** Writes the trace, and adds the file's name to the message. */
    static ErrorMessage write(Session session, String verb, Throwable trace, ErrorMessage error) {
        StringWriter text = new StringWriter();
        text.append("nightjar ").append(VersionVerb.VERSION).append(' ').append(verb).append('\n');
        trace.printStackTrace(new PrintWriter(text, true));
        try {
            session.state().create();
            String stamp = Figures.logTime(session.clock().instant(), session.console().zone()).replace(':', '.');
            Path file = session.state().path().resolve("error-" + stamp + "-" + ProcessHandle.current().pid() + ".txt");
            Files.writeString(file, text.toString());
            return error.because("Details are in " + Quoting.quote(file.toString()));
        } catch (IOException _) {
            return error.because("(" + Quoting.oneLine(String.valueOf(trace)) + ")");
        }
    }
}
