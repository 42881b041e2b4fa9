package dev.nightjar.app.command;

import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.PasswordSource;
import dev.nightjar.app.job.StateDirectory.Known;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.Quoting;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.Keys;
import dev.nightjar.repository.LockMode;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryLock;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code nightjar key}: the passwords of a repository. */
@Command(
        name = "key",
        customSynopsis = {
            "nightjar key list",
            "nightjar key add [--new-password-file F]",
            "nightjar key passwd [--new-password-file F]",
            "nightjar key remove ID"
        },
        description = {
            "Each key of a repository is one password that opens it. passwd puts a new",
            "password in the place of the one in use; at every moment one of the two",
            "opens the repository. Where this job keeps the password, the new one is",
            "kept instead. Who has once known a password can have kept what it opens:",
            "no change of keys takes that away."
        },
        footer = {"nightjar key list", "nightjar key passwd", "nightjar key remove 4511b7f7"})
final class KeyVerb extends Verb {
    private static final int SHORT = 8;

    @Parameters(index = "0", arity = "1", paramLabel = "list|add|remove|passwd")
    private String action = "";

    @Parameters(index = "1", arity = "0..1", paramLabel = "ID", hidden = true)
    private @Nullable String which;

    @Option(
            names = "--new-password-file",
            paramLabel = "F",
            description = "the new password is in this file; else it is asked for")
    private @Nullable String newPasswordFile;

    @Override
    ExitCode run(Session session) throws Exception {
        check();
        Repositories repositories = new Repositories(session);
        Repositories.Choice choice = repositories.choose();
        repositories.mustExist(choice.address());
        Password password = repositories.password(choice);
        try (Repository repository = repositories.open(choice.address(), password)) {
            switch (action) {
                case "list" -> list(session.console(), repository.keys().list());
                case "add" -> add(session, choice, repository);
                case "remove" -> remove(session.console(), repository, String.valueOf(which));
                default -> change(session, choice, repository, password);
            }
        }
        return ExitCode.DONE;
    }

    private void check() throws CommandException {
        if (!List.of("list", "add", "remove", "passwd").contains(action)) {
            throw new CommandException(ErrorMessage.usage("key cannot " + Quoting.quote(action))
                    .remedy("nightjar key list", "or add, remove, passwd"));
        }
        boolean removes = action.equals("remove");
        if (removes != (which != null)) {
            throw new CommandException(
                    ErrorMessage.usage(removes ? "key remove needs the ID of a key" : "key " + action + " takes no ID")
                            .remedy("nightjar key list", "shows them"));
        }
    }

    private static void list(Console console, List<Keys.Key> keys) {
        Table table = new Table("", "ID", "User", "Host", "Made");
        for (Keys.Key key : keys) {
            if (console.json()) {
                console.answer(JsonObject.message("key")
                        .put("current", key.current())
                        .put("id", key.id().hex())
                        .put("short_id", key.id().shortHex())
                        .put("username", key.username())
                        .put("hostname", key.hostname())
                        .put("created", Figures.rfc3339(key.created(), console.zone())));
            }
            table.row(
                    key.current() ? "*" : " ",
                    key.id().shortHex(),
                    Quoting.oneLine(key.username()),
                    Quoting.oneLine(key.hostname()),
                    Figures.day(key.created(), console.clock().instant(), console.zone()));
        }
        if (!console.json()) {
            table.lines().forEach(console::answer);
            console.hint("");
            console.hint("* is the one in use.");
        }
    }

    private Password newPassword(Session session, Repositories.Choice choice)
            throws CommandException, InterruptedException {
        if (newPasswordFile != null) {
            PasswordSource source = new PasswordSource(
                    PasswordSource.Kind.FILE,
                    session.directory().resolve(newPasswordFile).normalize().toString(),
                    null);
            return session.passwords().read(source, null);
        }
        if (!session.console().mayAsk()) {
            throw new CommandException(
                    ErrorMessage.of(ExitCode.USAGE, ErrorClass.USAGE, "no-password", "no new password was given")
                            .because("There is no terminal to ask for it on.")
                            .remedy("--new-password-file F"));
        }
        return NewPassword.ask(session, choice.address(), "New password: ")
                .orElseThrow(() -> new CommandException(
                        ErrorMessage.of(ExitCode.FAILED, ErrorClass.QUESTION, "refused", "no new password was given")
                                .because("Nothing was changed.")));
    }

    private void add(Session session, Repositories.Choice choice, Repository repository) throws Exception {
        Password password = newPassword(session, choice);
        try (RepositoryLock _ = repository.lock(LockMode.SHARED)) {
            tell(session.console(), "added", repository.keys().add(password.bytes()), "a new password opens it, too");
        }
    }

    private static void remove(Console console, Repository repository, String which) throws Exception {
        try (RepositoryLock _ = repository.lock(LockMode.EXCLUSIVE)) {
            List<Id> fitting = repository.keys().list().stream()
                    .map(Keys.Key::id)
                    .filter(id -> which.length() >= SHORT && id.hex().startsWith(which))
                    .toList();
            if (fitting.size() != 1) {
                throw new CommandException(ErrorMessage.of(
                                ExitCode.FAILED,
                                ErrorClass.NOT_FOUND,
                                "not-found",
                                "there is no key " + Quoting.quote(which))
                        .because("Nothing was changed.")
                        .remedy("nightjar key list", "shows the ids of all"));
            }
            repository.keys().remove(fitting.getFirst());
            tell(console, "removed", fitting.getFirst(), "its password does not open it any more");
        }
    }

    private void change(Session session, Repositories.Choice choice, Repository repository, Password old)
            throws Exception {
        Password password = newPassword(session, choice);
        try (RepositoryLock _ = repository.lock(LockMode.EXCLUSIVE)) {
            Id id = repository.keys().replace(password.bytes(), () -> keep(session, choice, old, password));
            tell(session.console(), "changed", id, "only the new password opens it now");
        }
        if (old.source().kind() == PasswordSource.Kind.FILE || old.source().kind() == PasswordSource.Kind.COMMAND) {
            session.console()
                    .error("nightjar: the old password is still where it was: "
                            + Quoting.oneLine(old.source().words()));
        }
    }

    /** Every job that keeps the old password from now on keeps the new one. */
    private static void keep(Session session, Repositories.Choice choice, Password old, Password password)
            throws IOException {
        for (Known known : session.jobs().all()) {
            PasswordSource source = known.job().password();
            if (choice.address().text().equals(known.job().repository())
                    && source != null
                    && source.kind() == PasswordSource.Kind.STORED
                    && Arrays.equals(known.directory().loadPassword(), old.bytes())) {
                known.directory().savePassword(password.bytes());
            }
        }
    }

    private static void tell(Console console, String done, Id id, String words) {
        if (console.json()) {
            console.answer(JsonObject.message("key_" + done).put("id", id.hex()).put("short_id", id.shortHex()));
        } else {
            console.answer("Key " + id.shortHex() + ": " + words + ".");
        }
    }
}
