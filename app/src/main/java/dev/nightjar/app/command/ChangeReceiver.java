package dev.nightjar.app.command;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.feed.Change;
import dev.nightjar.linux.BytePath;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is told the changes: stdout, or a command's standard input. */
interface ChangeReceiver extends AutoCloseable {
    void receive(Change change, List<BytePath> roots) throws IOException;

    /** All was received; returns when it was dealt with. */
    void finish() throws IOException, CommandException, InterruptedException;

    @Override
    void close();

    static ChangeReceiver stdout(Console console, boolean bare, boolean json) {
        return new ToStdout(console, bare, json);
    }

    static ChangeReceiver command(Session session, String command, boolean bare, boolean json) {
        return new ToCommand(session, command, bare, json);
    }

    /** Writes changes as the flags want them. */
    final class ToStdout implements ChangeReceiver {
        private final Console console;
        private final boolean bare;
        private final boolean json;

        ToStdout(Console console, boolean bare, boolean json) {
            this.console = console;
            this.bare = bare;
            this.json = json;
        }

        @Override
        public void receive(Change change, List<BytePath> roots) {
            if (json) {
                console.answer(ChangeText.json(change));
            } else if (bare) {
                console.answer(bareNames(change, roots));
            } else {
                console.answer(ChangeText.line(console::path, change));
            }
        }

        @Override
        public void finish() {
            console.flush();
        }

        @Override
        public void close() {}
    }

    /** Starts the command at the first change: when nothing changed it is not started. */
    final class ToCommand implements ChangeReceiver {
        private final Session session;
        private final String command;
        private final boolean bare;
        private final boolean json;
        private @Nullable Process process;
        private @Nullable OutputStream stdin;

        ToCommand(Session session, String command, boolean bare, boolean json) {
            this.session = session;
            this.command = command;
            this.bare = bare;
            this.json = json;
        }

        @Override
        public void receive(Change change, List<BytePath> roots) throws IOException {
            if (process == null) {
                process = new ProcessBuilder("/bin/sh", "-c", command)
                        .directory(session.directory().toFile())
                        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
                stdin = new BufferedOutputStream(process.getOutputStream());
            }
            if (stdin == null) {
                return; // it does not want to read more; its exit code decides
            }
            byte[] text;
            if (json) {
                text = RawText.encode(ChangeText.json(change) + "\n");
            } else if (bare) {
                text = bareNames(change, roots);
            } else {
                text = RawText.encode(ChangeText.line(Quoting::quote, change) + "\n");
            }
            try {
                stdin.write(text);
            } catch (IOException _) {
                stdin = null;
            }
        }

        @Override
        public void finish() throws CommandException, InterruptedException {
            Process started = process;
            if (started == null) {
                return;
            }
            closeStdin();
            int code = started.waitFor();
            process = null;
            if (code != 0) {
                throw new CommandException(ErrorMessage.of(
                                ExitCode.FAILED,
                                ErrorClass.TRANSIENT,
                                "exec-failed",
                                Quoting.oneLine(command) + " ended with exit code " + code)
                        .because("The cursor stays where it was: the same changes are told the next time."));
            }
        }

        private void closeStdin() {
            OutputStream open = stdin;
            stdin = null;
            if (open != null) {
                try {
                    open.close();
                } catch (IOException _) {
                    // It did not read to the end; its exit code decides.
                }
            }
        }

        @Override
        public void close() {
            Process started = process;
            if (started != null) {
                closeStdin();
                started.destroy();
            }
        }
    }

    private static byte[] bareNames(Change change, List<BytePath> roots) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (byte[] name : ChangeText.names(change, roots)) {
            bytes.writeBytes(name);
            bytes.write(0);
        }
        return bytes.toByteArray();
    }
}
