package dev.nightjar.app.command;

import dev.nightjar.app.job.Password;
import dev.nightjar.app.job.RepositoryAddress;
import dev.nightjar.app.output.ErrorMessage;
import dev.nightjar.engine.RepositoryOpener;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.storage.LocalStorage;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Gives the engine the job's repository: the one that was opened at the start, later the same one again. */
final class JobTarget implements RepositoryOpener, AutoCloseable {
    private final Session session;
    private final RepositoryAddress address;
    private final Password password;
    private final boolean anyRepository;
    private @Nullable Repository ready;

    /**
     * A target.
     *
     * @param ready opened already; null if it is not there yet
     * @param anyRepository whether the user agreed to another repository than the one that was there before
     */
    JobTarget(
            Session session,
            RepositoryAddress address,
            Password password,
            @Nullable Repository ready,
            boolean anyRepository) {
        this.session = session;
        this.address = address;
        this.password = password;
        this.ready = ready;
        this.anyRepository = anyRepository;
    }

    @Override
    public synchronized Repository open(@Nullable Id known) throws IOException {
        Repository repository = ready;
        ready = null;
        if (repository == null) {
            Repositories repositories = new Repositories(session);
            if (!repositories.exists(address)) {
                throw gone(repositories.missing(address));
            }
            repository = Repository.open(
                    new LocalStorage(address.directory()), password.bytes(), session.repositoryContext());
            session.interrupts().before(repository::close);
        }
        if (known != null && !anyRepository && !repository.id().equals(known)) {
            Id found = repository.id();
            repository.close();
            throw new NoRepositoryException(
                    "another repository is at " + address.shown() + " than before",
                    "it is " + found.shortHex() + ", it was " + known.shortHex() + "; nothing was written to it",
                    "");
        }
        return repository;
    }

    private static NoRepositoryException gone(ErrorMessage error) {
        String remedy =
                error.remedies().isEmpty() ? "" : error.remedies().getFirst().command();
        return new NoRepositoryException(error.what(), String.join(" ", error.why()), remedy);
    }

    @Override
    public synchronized void close() {
        if (ready != null) {
            ready.close();
            ready = null;
        }
    }
}
