package dev.nightjar.app.command;

import dev.nightjar.app.job.Job;
import dev.nightjar.app.job.MountTable;
import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.PasswordMaker;
import dev.nightjar.app.job.PasswordSource;
import dev.nightjar.app.job.Passwords;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.app.output.RawText;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.storage.LocalStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes a job's repository ready before anything is scanned, so that mistakes show at once: finds the password, opens
 * the repository or makes it, and remembers the job.
 */
final class TargetPreparation {
    /** Whether a repository that is not there may be made. */
    enum Manner {
        /** {@code run}: makes one where there never was one, waits for one that there was. */
        MAKE_OR_WAIT,
        /** {@code backup}: it must be there. */
        MUST_EXIST
    }

    /** The job as it is stored now, and its target. */
    record Prepared(JobSetup setup, JobTarget target) {}

    private static final int TRIES = 3;

    private final Session session;
    private final Console console;
    private final JobSetup setup;
    private final RepositoryAddress address;
    private final Repositories repositories;

    TargetPreparation(Session session, JobSetup setup) throws CommandException {
        this.session = session;
        this.console = session.console();
        this.setup = setup;
        this.address = setup.address(session);
        this.repositories = new Repositories(session);
    }

    Prepared prepare(Manner manner) throws IOException, CommandException, InterruptedException {
        if (repositories.exists(address)) {
            return open(manner);
        }
        boolean remembered = session.state().remembered(address.text()).isPresent();
        if (manner == Manner.MUST_EXIST || (remembered && setup.job().repositoryId() == null)) {
            throw new CommandException(repositories.missing(address));
        }
        return remembered ? absent() : make();
    }

    private Prepared open(Manner manner) throws IOException, CommandException, InterruptedException {
        Optional<PasswordSource> source = source();
        Password password;
        Repository repository;
        if (source.isPresent()) {
            password = session.passwords().read(source.get(), setup.directory().passwordFile());
            repository = repositories.open(address, password);
        } else {
            int tries = 0;
            while (true) {
                tries++;
                password = session.passwords()
                        .ask("Password for " + address.shown() + ": ")
                        .orElseThrow(() -> new CommandException(Passwords.none()));
                try {
                    repository = repositories.open(address, password);
                    break;
                } catch (CommandException e) {
                    if (e.error().exitCode() != ExitCode.WRONG_PASSWORD || tries == TRIES) {
                        throw e;
                    }
                    console.error("It does not open it. Once again:");
                }
            }
        }
        String id = repository.id().hex();
        String before = setup.job().repositoryId();
        boolean other = before != null && !before.equals(id);
        if (before != null && other && !agreed("It is another repository than before. Use it from now on?")) {
            repository.close();
            throw new CommandException(another(before, id));
        }
        boolean keep = manner == Manner.MAKE_OR_WAIT && password.source().kind() == PasswordSource.Kind.TYPED;
        Job job = setup.job().withRepository(address.text(), id).withPassword(remembered(password, keep));
        boolean anyRepository = other
                || setup.before().map(Job::repositoryId).filter(id::equals).isEmpty();
        return store(job, password, repository, anyRepository);
    }

    private Optional<PasswordSource> source() throws CommandException {
        Optional<PasswordSource> named = repositories.named();
        return named.isPresent() ? named : Optional.ofNullable(setup.job().password());
    }

    /** Where the password will be found the next time, as far as that can be said. */
    private @Nullable PasswordSource remembered(Password password, boolean keep) throws IOException {
        return switch (password.source().kind()) {
            case FILE, COMMAND, STORED -> password.source();
            case ENVIRONMENT -> null;
            case TYPED -> {
                if (!keep) {
                    yield null;
                }
                setup.directory().savePassword(password.bytes());
                yield PasswordSource.STORED;
            }
        };
    }

    private Prepared store(Job job, Password password, @Nullable Repository ready, boolean any) throws IOException {
        if (!Optional.of(job).equals(setup.before())) {
            setup.directory().save(job);
        }
        return new Prepared(setup.with(job), new JobTarget(session, address, password, ready, any));
    }

    /** The repository was there once: the engine will wait for it. */
    private Prepared absent() throws IOException, CommandException, InterruptedException {
        Optional<PasswordSource> source = source();
        if (source.isEmpty()) {
            throw new CommandException(repositories.missing(address));
        }
        Password password =
                session.passwords().read(source.get(), setup.directory().passwordFile());
        return store(setup.job(), password, null, false);
    }

    private Prepared make() throws IOException, CommandException, InterruptedException {
        warnOfThePlace();
        Optional<PasswordSource> named = repositories.named();
        boolean made = false;
        Password password;
        if (named.isPresent()) {
            password = session.passwords().read(named.get(), null);
        } else {
            if (console.mayAsk()) {
                console.answer(announcement());
                console.answer("");
            }
            Optional<Password> typed =
                    console.mayAsk() ? NewPassword.ask(session, address, NewPassword.OR_MAKE) : Optional.empty();
            made = typed.isEmpty();
            password = typed.orElseGet(() -> new Password(
                    RawText.encode(PasswordMaker.make(session.invocation().random())), PasswordSource.TYPED, ""));
        }
        Repository repository =
                Repository.init(new LocalStorage(address.directory()), password.bytes(), session.repositoryContext());
        session.interrupts().before(repository::close);
        Job job = setup.job()
                .withRepository(address.text(), repository.id().hex())
                .withPassword(remembered(password, true));
        Prepared prepared = store(job, password, repository, true);
        tell(password, made, named.isPresent());
        return prepared;
    }

    private String announcement() {
        return "New repository at " + console.path(address.text()) + " (restic format 2, encrypted).";
    }

    private void tell(Password password, boolean made, boolean named) {
        if (!console.mayAsk() || named) {
            if (console.isInteractive() && !console.taste().quiet()) {
                console.answer(announcement());
            } else if (!console.json()) {
                console.talk(announcement());
            }
        }
        if (!made) {
            return;
        }
        if (console.mayAsk()) {
            NewPassword.show(console, RawText.decode(password.bytes()));
            console.error("nightjar password show   shows it again");
            console.error("");
        } else {
            console.error("nightjar: made a password for " + address.shown() + "; it is in");
            console.error("  " + Quoting.quote(setup.directory().passwordFile().toString()));
            console.error("  Without it nobody can read this backup. Keep a copy somewhere else.");
        }
    }

    /** On a terminal, asks before a repository is made where a backup may be of little use. */
    private void warnOfThePlace() throws CommandException {
        if (!console.mayAsk()) {
            return;
        }
        Optional<Path> unmounted = MountTable.read().unmounted(address.directory());
        if (unmounted.isPresent()) {
            if (!agreed(Quoting.quote(unmounted.get().toString()) + " is in fstab but not mounted. Make a repository in"
                    + " the empty directory?")) {
                throw new CommandException(refused()
                        .remedy("mount " + Quoting.quote(unmounted.get().toString()), "then again"));
            }
        } else if (isOnASourcesDisk()
                && !agreed(address.shown() + " is on the same disk as what it backs up: it would not survive that disk."
                        + "\nGo on?")) {
            throw new CommandException(refused().remedy("--to DIR", "on another disk or a NAS"));
        }
    }

    private static ErrorMessage refused() {
        return ErrorMessage.of(ExitCode.FAILED, ErrorClass.QUESTION, "refused", "no repository was made")
                .because("Nothing was touched.");
    }

    private boolean agreed(String question) {
        return YesNo.ask(session, question);
    }

    private boolean isOnASourcesDisk() {
        Path existing = address.directory();
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            Object target = Files.getAttribute(existing, "unix:dev");
            for (var root : setup.job().roots()) {
                if (target.equals(Files.getAttribute(Path.of(root.toString()), "unix:dev"))) {
                    return true;
                }
            }
        } catch (IOException | RuntimeException _) {
            return false;
        }
        return false;
    }

    private ErrorMessage another(String before, String now) {
        return ErrorMessage.of(
                        ExitCode.NO_REPOSITORY,
                        ErrorClass.NOT_FOUND,
                        "repository-gone",
                        "another repository is at " + address.shown() + " than before")
                .because("It is " + now.substring(0, 8) + ", it was " + before.substring(0, 8)
                        + ". Nothing was written to it.")
                .remedy("the same command with --yes", "if it is the right one from now on");
    }
}
