package dev.nightjar.app.command;

import dev.nightjar.app.job.JobFileException;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.engine.QuestionException;
import dev.nightjar.feed.FeedException;
import dev.nightjar.feed.Question;
import dev.nightjar.linux.DeniedException;
import dev.nightjar.linux.ExistsException;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NoSpaceException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.OtherErrorException;
import dev.nightjar.linux.StaleException;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.LockLostException;
import dev.nightjar.repository.LockedException;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.RepositoryExistsException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.UnsupportedRepositoryException;
import dev.nightjar.repository.WrongPasswordException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.jspecify.annotations.Nullable;

/** Turns whatever a command ends with into a message and an exit code. */
final class Errors {
    /** The word of what nobody foresaw. */
    static final String UNEXPECTED = "unexpected";

    private Errors() {}

    static ErrorMessage explain(Throwable thrown) {
        return switch (thrown) {
            case CommandException known -> known.error();
            case RepositoryException repository
            when repository.getCause() instanceof OutOfMemoryError memory -> explain(memory);
            case RepositoryException repository -> explain(repository);
            case LinuxException linux -> explain(linux);
            case FeedException feed -> {
                ErrorMessage error = switch (feed.kind()) {
                    case NO_SPACE -> message(ExitCode.FAILED, ErrorClass.NO_SPACE, "no-space", feed.getMessage());
                    case OTHER -> message(ExitCode.FAILED, ErrorClass.PERMANENT, "feed", feed.getMessage());
                };
                yield withRemedy(withReason(error, feed.why()), feed.remedy());
            }
            case QuestionException question -> question(question);
            case OutOfMemoryError _ ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, "memory", "Nightjar ran out of memory")
                        .because("A directory with some hundred thousand entries needs more than its "
                                + (Runtime.getRuntime().maxMemory() >> 20) + " MiB. What was saved stays saved.")
                        .remedy("NIGHTJAR_HEAP=1g nightjar ...", "the same again, with more");
            case InterruptedException _, ClosedByInterruptException _ ->
                message(ExitCode.INTERRUPTED, ErrorClass.INTERRUPTED, "interrupted", "interrupted");
            case FileSystemException file -> file(file);
            case JobFileException job -> jobFile(job.file().toString());
            case IOException io when io.getCause() instanceof LinuxException linux -> explain(linux);
            case IOException io when io.getCause() instanceof RepositoryException repository -> explain(repository);
            case IOException io
            when isFull(io) -> message(ExitCode.FAILED, ErrorClass.NO_SPACE, "no-space", io.getMessage());
            default ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, UNEXPECTED, "this should not have happened")
                        .because("(" + Quoting.oneLine(thrown.toString()) + ")");
        };
    }

    private static ErrorMessage explain(RepositoryException exception) {
        ErrorMessage bare = switch (exception) {
            case NoRepositoryException e ->
                message(ExitCode.NO_REPOSITORY, ErrorClass.NOT_FOUND, "no-repository", e.what());
            case RepositoryExistsException e ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, "repository-exists", e.what());
            case UnsupportedRepositoryException e ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, "repository-version", e.what());
            case WrongPasswordException e ->
                message(ExitCode.WRONG_PASSWORD, ErrorClass.DENIED, "wrong-password", e.what());
            case LockedException e -> message(ExitCode.LOCKED, ErrorClass.TRANSIENT, "locked", e.what());
            case LockLostException e -> message(ExitCode.FAILED, ErrorClass.TRANSIENT, "lock-lost", e.what());
            case CorruptException e -> message(ExitCode.FAILED, ErrorClass.CORRUPT, "corrupt", e.what());
            case StorageException e -> storage(e);
        };
        return withRemedy(withReason(bare, exception.why()), exception.advice());
    }

    private static ErrorMessage storage(StorageException e) {
        return switch (e.kind()) {
            case NO_SPACE -> message(ExitCode.FAILED, ErrorClass.NO_SPACE, "target-full", e.what());
            case DENIED -> message(ExitCode.FAILED, ErrorClass.DENIED, "target-denied", e.what());
            case TRANSIENT -> message(ExitCode.AWAY, ErrorClass.TRANSIENT, "target-away", e.what());
            case NOT_FOUND -> message(ExitCode.FAILED, ErrorClass.NOT_FOUND, "not-found", e.what());
            case CACHE ->
                e.getCause() instanceof IOException cause && isFull(cause)
                        ? message(ExitCode.FAILED, ErrorClass.NO_SPACE, "no-space", e.what())
                        : message(ExitCode.FAILED, ErrorClass.PERMANENT, "state", e.what());
            case INPUT_OUTPUT, OTHER -> message(ExitCode.FAILED, ErrorClass.PERMANENT, "target", e.what());
        };
    }

    private static ErrorMessage explain(LinuxException e) {
        String file = Quoting.quote(e.file());
        ErrorMessage bare = switch (e) {
            case NotFoundException _ ->
                message(ExitCode.FAILED, ErrorClass.NOT_FOUND, "not-found", file + " is not there");
            case DeniedException _ -> message(ExitCode.FAILED, ErrorClass.DENIED, "denied", file + " may not be used");
            case NoSpaceException _ ->
                message(ExitCode.FAILED, ErrorClass.NO_SPACE, "no-space", "no room to write " + file);
            case ExistsException _ -> message(ExitCode.FAILED, ErrorClass.PERMANENT, "exists", file + " is in the way");
            case StaleException _ -> message(ExitCode.FAILED, ErrorClass.TRANSIENT, "stale", file + " went away");
            case OtherErrorException _ ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, "system", file + " cannot be used");
        };
        return withAdvice(bare.because("(" + e.reason() + ": " + e.call() + ")"), e.file());
    }

    private static ErrorMessage jobFile(String file) {
        return message(ExitCode.USAGE, ErrorClass.PERMANENT, "job-file", Quoting.quote(file) + " is damaged")
                .because("It says what the job saves and where to. Nothing was touched.")
                .about(file)
                .remedy("rm " + Quoting.quote(file), "then nightjar run SRC --to REPO makes it again");
    }

    private static ErrorMessage question(QuestionException e) {
        ErrorMessage error = message(ExitCode.FAILED, ErrorClass.QUESTION, "root-changed", e.getMessage())
                .because("Nothing was deleted anywhere, and nothing is saved until it is back.")
                .about(e.root().toArgument())
                .remedy("put it back or mount it, then again");
        Question question = e.question();
        return question == null || !question.canBeMeant()
                ? error
                : error.remedy(QuestionText.command(question), "if it is meant");
    }

    private static ErrorMessage file(FileSystemException e) {
        String file = Quoting.quote(String.valueOf(e.getFile()));
        String reason = e.getReason();
        ErrorMessage bare = switch (e) {
            case NoSuchFileException _ ->
                message(ExitCode.FAILED, ErrorClass.NOT_FOUND, "not-found", file + " is not there");
            case AccessDeniedException _ ->
                message(ExitCode.FAILED, ErrorClass.DENIED, "denied", file + " may not be used")
                        .because("(Permission denied)");
            case FileAlreadyExistsException _, NotDirectoryException _ ->
                message(ExitCode.FAILED, ErrorClass.PERMANENT, "exists", file + " is in the way")
                        .because("(There is a file of this name.)");
            default ->
                isFull(e)
                        ? message(ExitCode.FAILED, ErrorClass.NO_SPACE, "no-space", "no room to write " + file)
                        : message(ExitCode.FAILED, ErrorClass.PERMANENT, "system", file + " cannot be used");
        };
        return withAdvice(
                reason == null ? bare : bare.because("(" + Quoting.oneLine(reason) + ")"), String.valueOf(e.getFile()));
    }

    /** What can be said of any file that the system refused. */
    private static ErrorMessage withAdvice(ErrorMessage error, String file) {
        ErrorMessage about = error.about(file);
        return switch (error.errorClass()) {
            case DENIED -> about.remedy("ls -ld " + Quoting.quote(file), "shows who may");
            case NO_SPACE -> about.remedy("make room there, then again");
            case NOT_FOUND, PERMANENT, TRANSIENT, CORRUPT, QUESTION, USAGE, INTERRUPTED -> about;
        };
    }

    private static boolean isFull(IOException e) {
        String message = String.valueOf(e.getMessage());
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }

    private static ErrorMessage message(ExitCode code, ErrorClass errorClass, String word, @Nullable String what) {
        return ErrorMessage.of(code, errorClass, word, Quoting.oneLine(String.valueOf(what)));
    }

    private static ErrorMessage withReason(ErrorMessage error, String why) {
        return why.isEmpty() ? error : error.because(Quoting.oneLine(why));
    }

    private static ErrorMessage withRemedy(ErrorMessage error, String advice) {
        return advice.isEmpty() ? error : error.remedy(Quoting.oneLine(advice));
    }
}
