package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.NoRepositoryException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FileName;
import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The job's repository: opened once, since the password is costly, and proved before each commit to be still the one it
 * was (C16). An open repository holds nothing open on the target. Used by one thread at a time.
 */
final class RepositoryHandle implements AutoCloseable {
    private final RepositoryOpener opener;
    private @Nullable Repository repository;
    private byte[] config = new byte[0];

    RepositoryHandle(RepositoryOpener opener) {
        this.opener = opener;
    }

    /**
     * The repository, which is there now.
     *
     * @param known the id of the repository that the job has written to, null if it never has
     */
    Repository repository(@Nullable Id known) throws IOException, InterruptedException {
        Repository open = repository;
        if (open != null) {
            if (Arrays.equals(config, readConfig(open))) {
                return open;
            }
            close();
        }
        open = opener.open(known);
        repository = open;
        config = readConfig(open);
        return open;
    }

    private static byte[] readConfig(Repository open) throws IOException {
        try {
            return open.bareStorage().read(FileName.CONFIG);
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                throw new NoRepositoryException(
                        "the repository at " + open.storage().location() + " is gone",
                        "its file \"config\" is not there",
                        "bring it back, and it goes on by itself");
            }
            throw e;
        }
    }

    @Override
    public void close() {
        Repository open = repository;
        repository = null;
        if (open != null) {
            open.close();
        }
    }
}
