package dev.nightjar.app.job;

import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.app.output.Tty;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Finds passwords where the user put them, as restic does: flags, then {@code RESTIC_PASSWORD_FILE} and
 * {@code RESTIC_PASSWORD_COMMAND}, then {@code RESTIC_PASSWORD}; white space around a file's or command's password is
 * not part of it.
 */
public final class Passwords {
    private static final int LIMIT = 64 * 1024;

    private final Console console;
    private final InputStream in;
    private final Map<String, String> environment;
    private final Path workingDirectory;

    public Passwords(Console console, InputStream in, Map<String, String> environment, Path workingDirectory) {
        this.console = console;
        this.in = in;
        this.environment = environment;
        this.workingDirectory = workingDirectory;
    }

    /** Where flags and environment say the password is; empty if they say nothing. */
    public Optional<PasswordSource> named(@Nullable String file, @Nullable String command) throws CommandException {
        if (file != null && command != null) {
            throw new CommandException(ErrorMessage.usage("--password-file and --password-command are both given")
                    .because("Only one of them can be the password.")
                    .remedy("give one of them"));
        }
        if (file != null) {
            return Optional.of(new PasswordSource(PasswordSource.Kind.FILE, absolute(file), null));
        }
        if (command != null) {
            return Optional.of(new PasswordSource(PasswordSource.Kind.COMMAND, command, null));
        }
        String fileVariable = environment.getOrDefault("RESTIC_PASSWORD_FILE", "");
        if (!fileVariable.isEmpty()) {
            return Optional.of(
                    new PasswordSource(PasswordSource.Kind.FILE, absolute(fileVariable), "RESTIC_PASSWORD_FILE"));
        }
        String commandVariable = environment.getOrDefault("RESTIC_PASSWORD_COMMAND", "");
        if (!commandVariable.isEmpty()) {
            return Optional.of(
                    new PasswordSource(PasswordSource.Kind.COMMAND, commandVariable, "RESTIC_PASSWORD_COMMAND"));
        }
        return environment.getOrDefault("RESTIC_PASSWORD", "").isEmpty()
                ? Optional.empty()
                : Optional.of(new PasswordSource(PasswordSource.Kind.ENVIRONMENT, "RESTIC_PASSWORD", null));
    }

    /** Reads a password from where it is said to be; {@code stored} is the job's own file. */
    public Password read(PasswordSource source, @Nullable Path stored) throws CommandException, InterruptedException {
        return switch (source.kind()) {
            case FILE -> fromFile(source, Path.of(source.value()));
            case COMMAND -> fromCommand(source);
            case ENVIRONMENT -> password(RawText.encode(environment.getOrDefault(source.value(), "")), source, "");
            case STORED -> {
                if (stored == null) {
                    throw new CommandException(none());
                }
                yield fromFile(source, stored);
            }
            case TYPED -> ask("Password: ").orElseThrow(() -> new CommandException(none()));
        };
    }

    /** Asks for it on the terminal; empty if just Enter was pressed. */
    public Optional<Password> ask(String question) throws CommandException {
        if (!console.mayAsk()) {
            throw new CommandException(none());
        }
        console.prompt(question);
        byte[] line;
        try (Tty.Restore _ = console.tty().hideTyping()) {
            line = readLine();
        } catch (IOException e) {
            throw new CommandException(none(), e);
        } finally {
            console.prompt("\n");
        }
        return line.length == 0 ? Optional.empty() : Optional.of(new Password(line, PasswordSource.TYPED, ""));
    }

    /** The error when there is no password and nobody to ask. */
    public static ErrorMessage none() {
        return ErrorMessage.of(ExitCode.USAGE, ErrorClass.USAGE, "no-password", "no password was given")
                .because("There is no terminal to ask for it on.")
                .remedy("--password-file F", "or --password-command C, RESTIC_PASSWORD_FILE, RESTIC_PASSWORD");
    }

    private byte[] readLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int c = in.read();
        if (c < 0) {
            throw new IOException("end of input");
        }
        while (c >= 0 && c != '\n') {
            line.write(c);
            c = in.read();
        }
        return line.toByteArray();
    }

    private static Password fromFile(PasswordSource source, Path file) throws CommandException {
        String shown = Quoting.quote(file.toString());
        try (InputStream content = Files.newInputStream(file)) {
            byte[] whole = content.readNBytes(LIMIT);
            byte[] trimmed = trim(whole);
            String note = whole.length + " bytes";
            if (whole.length != trimmed.length) {
                note += endsInOneNewline(whole, trimmed)
                        ? ", ends in a newline, which is not counted"
                        : ", white space around it is not counted";
            }
            return password(trimmed, source, note);
        } catch (NoSuchFileException e) {
            throw unreadable(shown, "there is no such file", e);
        } catch (AccessDeniedException e) {
            throw unreadable(shown, "permission denied", e);
        } catch (IOException e) {
            throw unreadable(shown, String.valueOf(e.getMessage()), e);
        }
    }

    private static boolean endsInOneNewline(byte[] whole, byte[] trimmed) {
        return whole.length == trimmed.length + 1 && whole[whole.length - 1] == '\n';
    }

    private static CommandException unreadable(String file, String reason, IOException cause) {
        return new CommandException(
                ErrorMessage.of(
                                ExitCode.USAGE,
                                ErrorClass.USAGE,
                                "password-file",
                                "cannot read the password file " + file)
                        .because("(" + Quoting.oneLine(reason) + ")")
                        .remedy("--password-file F", "names another; --password-command C asks a program"),
                cause);
    }

    private Password fromCommand(PasswordSource source) throws CommandException, InterruptedException {
        try {
            Process process = new ProcessBuilder(ShellWords.split(source.value()))
                    .directory(workingDirectory.toFile())
                    .redirectInput(ProcessBuilder.Redirect.INHERIT)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            byte[] printed = process.getInputStream().readNBytes(LIMIT);
            int code = process.waitFor();
            if (code != 0) {
                throw new CommandException(commandFailed(source, "it ended with exit code " + code));
            }
            return password(trim(printed), source, "");
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandException(commandFailed(source, String.valueOf(e.getMessage())), e);
        }
    }

    private static ErrorMessage commandFailed(PasswordSource source, String reason) {
        return ErrorMessage.of(
                        ExitCode.USAGE,
                        ErrorClass.USAGE,
                        "password-command",
                        "the password command gave no password: " + Quoting.oneLine(source.value()))
                .because("(" + Quoting.oneLine(reason) + ")")
                .remedy("run it by itself, and see what it says");
    }

    private static Password password(byte[] bytes, PasswordSource source, String note) throws CommandException {
        if (bytes.length == 0) {
            throw new CommandException(
                    ErrorMessage.of(ExitCode.USAGE, ErrorClass.USAGE, "no-password", "the password is empty")
                            .because("Taken from: " + Quoting.oneLine(source.words()))
                            .remedy("--password-file F", "names another; --password-command C asks a program"));
        }
        return new Password(bytes, source, note);
    }

    static byte[] trim(byte[] bytes) {
        int start = 0;
        int end = bytes.length;
        while (start < end && isSpace(bytes[start])) {
            start++;
        }
        while (end > start && isSpace(bytes[end - 1])) {
            end--;
        }
        return java.util.Arrays.copyOfRange(bytes, start, end);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || (b >= '\t' && b <= '\r');
    }

    private String absolute(String file) {
        return workingDirectory.resolve(file).normalize().toString();
    }
}
