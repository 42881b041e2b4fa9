package dev.nightjar.engine;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Opens the job's repository, or creates it if that is what the user asked for. Called again after the target was away,
 * so it must be ready to find nothing, or something else, in its place.
 */
@FunctionalInterface
public interface RepositoryOpener {
    /**
     * Opens it. The caller closes it.
     *
     * @param known the id of the repository this job has written to before, null if it never has; only when null may a
     *     repository be created, or an empty mount point would become one
     * @throws dev.nightjar.repository.RepositoryException if it is not there, locked, or not what was expected
     */
    Repository open(@Nullable Id known) throws IOException, InterruptedException;
}
