package dev.nightjar.app.command;

import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.PasswordMaker;
import dev.nightjar.app.job.PasswordSource;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.ErrorClass;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.app.output.ExitCode;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.RawText;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.storage.LocalStorage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code nightjar init}: makes a repository. */
@Command(
        name = "init",
        customSynopsis = "nightjar init --to REPO [--password-file F]",
        description = {
            "Makes a new repository. (run does so by itself where there is none.)",
            "It is an ordinary restic repository, format 2, always encrypted."
        },
        footer = "nightjar init --to /mnt/nas/documents")
final class InitVerb extends Verb {
    @Option(names = "--to", paramLabel = "REPO", description = "where to make it; the same as -r")
    private @Nullable String to;

    @Override
    ExitCode run(Session session) throws Exception {
        Console console = session.console();
        RepositoryAddress address = To.address(session, to)
                .orElseThrow(() -> new CommandException(
                        ErrorMessage.usage("init needs --to REPO").remedy("nightjar init --to DIR")));
        Repositories repositories = new Repositories(session);
        if (repositories.exists(address)) {
            throw new CommandException(ErrorMessage.of(
                            ExitCode.FAILED,
                            ErrorClass.PERMANENT,
                            "repository-exists",
                            "there is a repository at " + address.shown() + " already")
                    .because("Nothing was changed.")
                    .remedy("nightjar snapshots -r " + address.shown(), "shows what is in it"));
        }
        Optional<PasswordSource> named = repositories.named();
        Password password = named.isPresent() ? session.passwords().read(named.get(), null) : chosen(session, address);
        try (Repository repository =
                Repository.init(new LocalStorage(address.directory()), password.bytes(), session.repositoryContext())) {
            if (console.json()) {
                console.answer(JsonObject.message("initialized")
                        .put("id", repository.id().hex())
                        .put("short_id", repository.id().shortHex())
                        .putPath("repository", address.text()));
            } else {
                console.answer("New repository " + repository.id().shortHex() + " at " + console.path(address.text())
                        + " (restic format " + repository.version() + ", encrypted).");
                console.hint("Without its password nobody can read it, not even you.");
                console.hint("");
                console.hint("Back up to it:  nightjar run DIR --to " + address.shown());
            }
        }
        return ExitCode.DONE;
    }

    /** The password for a new repository that somebody types twice, or that is made and shown. */
    private static Password chosen(Session session, RepositoryAddress address) throws CommandException {
        Optional<Password> typed = NewPassword.ask(session, address, NewPassword.OR_MAKE);
        if (typed.isPresent()) {
            return typed.get();
        }
        String made = PasswordMaker.make(session.invocation().random());
        NewPassword.show(session.console(), made);
        return new Password(RawText.encode(made), PasswordSource.TYPED, "");
    }
}
