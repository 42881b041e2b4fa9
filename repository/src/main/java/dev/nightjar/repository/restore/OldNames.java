package dev.nightjar.repository.restore;

import dev.nightjar.linux.Name;

/** What an old version is called that is put beside the present one. Pure. */
@FunctionalInterface
public interface OldNames {

    /**
     * A name for the old version.
     *
     * @param name what it was called
     * @param attempt 1 first, one more whenever something else has that name; each must give another one
     */
    Name of(Name name, int attempt);
}
