package dev.nightjar.repository.storage;

import dev.nightjar.repository.Id;

/**
 * The name of a file in a repository.
 *
 * @param id meaningless for the config
 */
public record FileName(FileKind kind, Id id) {
    /** The one config file. */
    public static final FileName CONFIG = new FileName(FileKind.CONFIG, Id.of(new byte[Id.LENGTH]));

    /** The path in restic's default layout, relative to the repository: {@code data/ab/abcd...}. */
    public String path() {
        return switch (kind) {
            case CONFIG -> kind.directory();
            case DATA -> kind.directory() + "/" + id.hex().substring(0, 2) + "/" + id.hex();
            case KEY, LOCK, SNAPSHOT, INDEX -> kind.directory() + "/" + id.hex();
        };
    }

    @Override
    public String toString() {
        return path();
    }
}
