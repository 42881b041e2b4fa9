package dev.nightjar.repository;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;

/**
 * What a repository needs from its surroundings.
 *
 * @param cache directory for disposable things, one sub-directory per repository id; made when needed
 * @param hostname this machine's name, in locks and keys
 * @param username who runs this, in locks and keys
 * @param machine what else there is to know of this machine
 */
public record RepositoryContext(
        Path cache, InstantSource clock, SecureRandom random, String hostname, String username, Machine machine) {

    /** On the machine we run on. */
    public RepositoryContext(Path cache, InstantSource clock, SecureRandom random, String hostname, String username) {
        this(cache, clock, random, hostname, username, Machine.THIS);
    }
}
