package dev.nightjar.app.command;

import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.output.CommandException;
import dev.nightjar.app.output.ErrorMessage;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code --to} and {@code -r} name the same thing. */
final class To {
    private To() {}

    /** The repository that {@code --to}, {@code -r} or the environment names, in this order. */
    static Optional<RepositoryAddress> address(Session session, @Nullable String to) throws CommandException {
        String repository = session.flags().repository;
        if (to != null && repository != null && !to.equals(repository)) {
            throw new CommandException(ErrorMessage.usage("--to and -r name different repositories")
                    .because("Both mean the same thing; give one of them.")
                    .remedy("--to REPO", "without -r"));
        }
        String named = to != null ? to : repository;
        if (named == null) {
            named = session.environment().getOrDefault("RESTIC_REPOSITORY", "");
        }
        return named.isEmpty() && to == null
                ? Optional.empty()
                : Optional.of(RepositoryAddress.parse(named, session.directory()));
    }
}
