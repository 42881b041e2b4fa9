package dev.nightjar.app.command;

import dev.nightjar.app.job.MountTable;
import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.PasswordSource;
import dev.nightjar.app.job.Passwords;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.WrongPasswordException;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds, opens and makes repositories, in the order in which mistakes are best understood: place first, password last. */
final class Repositories {
    /**
     * The repository a verb is about.
     *
     * @param job the job that writes to it, as far as one is known
     */
    record Choice(RepositoryAddress address, @Nullable Known job) {}

    private final Session session;

    Repositories(Session session) {
        this.session = session;
    }

    /** The repository that flags, environment, the place or the only job say. */
    Choice choose() throws IOException, CommandException {
        return choose(null);
    }

    /** The repository that flags, environment or the job of a path say; without a path, as {@link #choose()}. */
    Choice choose(@Nullable BytePath path) throws IOException, CommandException {
        Nightjar flags = session.flags();
        String named = flags.repository;
        if (named == null && flags.job == null) {
            String variable = session.environment().getOrDefault("RESTIC_REPOSITORY", "");
            named = variable.isEmpty() ? null : variable;
        }
        if (named != null) {
            RepositoryAddress address = RepositoryAddress.parse(named, session.directory());
            return new Choice(address, jobOf(address));
        }
        if (flags.job == null && session.jobs().all().isEmpty()) {
            throw new CommandException(ErrorMessage.usage("which repository?")
                    .because("None was named, and no job is known.")
                    .remedy("-r REPO", "or set RESTIC_REPOSITORY"));
        }
        Known job = session.jobs().find(path);
        String address = job.job().repository();
        if (address == null) {
            throw new CommandException(
                    ErrorMessage.usage("the job " + Quoting.quote(job.job().name()) + " has no repository")
                            .because("It was only asked for changes so far.")
                            .remedy("-r REPO"));
        }
        return new Choice(RepositoryAddress.parse(address, session.directory()), job);
    }

    private @Nullable Known jobOf(RepositoryAddress address) throws IOException {
        List<Known> jobs = session.jobs().all().stream()
                .filter(known -> address.text().equals(known.job().repository()))
                .toList();
        return jobs.stream()
                .filter(known -> known.job().password() != null)
                .findFirst()
                .orElse(jobs.isEmpty() ? null : jobs.getFirst());
    }

    /** Opens the chosen repository. The caller closes it. */
    Repository open(Choice choice) throws IOException, CommandException, InterruptedException {
        mustExist(choice.address());
        return open(choice.address(), password(choice));
    }

    /** The password of the chosen repository: named, known of its job, or asked for. */
    Password password(Choice choice) throws CommandException, InterruptedException {
        Known job = choice.job();
        Optional<PasswordSource> named = named();
        PasswordSource source = named.orElse(
                job == null || job.job().password() == null
                        ? PasswordSource.TYPED
                        : job.job().password());
        return source.kind() == PasswordSource.Kind.TYPED
                ? asked(choice.address())
                : session.passwords()
                        .read(source, job == null ? null : job.directory().passwordFile());
    }

    /** Where flags and environment say the password is. */
    Optional<PasswordSource> named() throws CommandException {
        return session.passwords().named(session.flags().passwordFile, session.flags().passwordCommand);
    }

    private Password asked(RepositoryAddress address) throws CommandException {
        return session.passwords()
                .ask("Password for " + address.shown() + ": ")
                .orElseThrow(() -> new CommandException(Passwords.none()));
    }

    /** Opens with this password, and explains one that does not fit. */
    Repository open(RepositoryAddress address, Password password) throws IOException, CommandException {
        try {
            Repository repository = Repository.open(
                    new LocalStorage(address.directory()), password.bytes(), session.repositoryContext());
            session.interrupts().before(repository::close);
            return repository;
        } catch (WrongPasswordException e) {
            throw new CommandException(wrongPassword(address, password, e), e);
        } catch (NoRepositoryException e) {
            throw new CommandException(missing(address, e.what(), e.why()), e);
        }
    }

    static ErrorMessage wrongPassword(RepositoryAddress address, Password password, WrongPasswordException e) {
        String note = password.note().isEmpty() ? "" : " (" + password.note() + ")";
        return ErrorMessage.of(
                        ExitCode.WRONG_PASSWORD,
                        ErrorClass.DENIED,
                        "wrong-password",
                        "the password does not open " + address.shown())
                .because("Taken from: " + Quoting.oneLine(password.source().words()) + note + ".")
                .because("The repository has " + (e.keys() == 1 ? "1 key." : e.keys() + " keys."))
                .remedy("nightjar snapshots -r " + address.shown() + " --password-file F", "to try another");
    }

    /**
     * Whether something that looks like a repository is there.
     *
     * @throws StorageException if that cannot be said: permission denied, a server that does not answer
     */
    boolean exists(RepositoryAddress address) throws RepositoryException {
        try {
            new LocalStorage(address.directory()).size(FileName.CONFIG);
            return true;
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return false;
            }
            throw e;
        }
    }

    /** Looks for the repository before a password is asked for. */
    void mustExist(RepositoryAddress address) throws IOException, CommandException {
        if (!exists(address)) {
            throw new CommandException(missing(address));
        }
    }

    /** The error that there is no repository, with what can be seen of the reason. */
    ErrorMessage missing(RepositoryAddress address) throws IOException {
        return missing(address, "no repository at " + address.shown(), "");
    }

    private ErrorMessage missing(RepositoryAddress address, String what, String why) throws IOException {
        Path directory = address.directory();
        Optional<Path> unmounted = MountTable.read().unmounted(directory);
        Optional<String> remembered = session.state().remembered(address.text());
        ErrorMessage error = ErrorMessage.of(
                        ExitCode.NO_REPOSITORY,
                        ErrorClass.NOT_FOUND,
                        remembered.isPresent() ? "repository-gone" : "no-repository",
                        what)
                .about(address.text());
        String seen = !Files.exists(directory)
                ? "There is no such directory"
                : !Files.isDirectory(directory)
                        ? "It is a file, not a directory"
                        : isEmpty(directory) ? "The directory is empty" : "The directory has no file \"config\"";
        error = error.because(unmounted
                .map(point -> seen + ", and " + Quoting.quote(point.toString()) + " is in fstab but not mounted.")
                .orElse(seen + "."));
        if (!why.isEmpty()) {
            error = error.because(Quoting.oneLine(why));
        }
        if (remembered.isPresent()) {
            error = error.because("There was one, " + remembered.get().substring(0, 8)
                    + ", when it was last used; no other is made in its place.");
        }
        String make = "nightjar init --to " + address.shown();
        if (unmounted.isPresent()) {
            return error.remedy(
                    "mount " + Quoting.quote(unmounted.get().toString()), "(or, for a new one: " + make + ")");
        }
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            return error.remedy("-r REPO", "names another");
        }
        return remembered.isPresent()
                ? error.remedy("connect or mount it, then again", "(or --to DIR, for a new one elsewhere)")
                : error.remedy(make, "makes one");
    }

    private static boolean isEmpty(Path directory) {
        try (var names = Files.newDirectoryStream(directory)) {
            return !names.iterator().hasNext();
        } catch (IOException _) {
            return false;
        }
    }
}
