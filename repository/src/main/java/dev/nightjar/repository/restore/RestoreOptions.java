package dev.nightjar.repository.restore;

import org.jspecify.annotations.Nullable;

/**
 * How to restore.
 *
 * @param workers threads that read, decode and write, 1 to 64
 * @param filter for what is in the directory that is restored, or for the one entry
 * @param oldNames if not null, what differs from an entry that stays in its place is restored beside it under such a name
 * @param verify whether what was decrypted is compared with its hash (C19); its authentication code is checked in any case
 */
public record RestoreOptions(
        Overwrite overwrite,
        int workers,
        RestoreListener listener,
        RestoreFilter filter,
        @Nullable OldNames oldNames,
        boolean verify) {

    public RestoreOptions {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("workers: " + workers);
        }
    }

    /** All of it; overwrites nothing, verifies, works with two threads, tells nobody. */
    public static RestoreOptions defaults() {
        return new RestoreOptions(Overwrite.NEVER, 2, RestoreListener.NONE, RestoreFilter.ALL, null, true);
    }

    public RestoreOptions withOverwrite(Overwrite chosen) {
        return new RestoreOptions(chosen, workers, listener, filter, oldNames, verify);
    }

    public RestoreOptions withWorkers(int count) {
        return new RestoreOptions(overwrite, count, listener, filter, oldNames, verify);
    }

    public RestoreOptions withListener(RestoreListener told) {
        return new RestoreOptions(overwrite, workers, told, filter, oldNames, verify);
    }

    public RestoreOptions withFilter(RestoreFilter chosen) {
        return new RestoreOptions(overwrite, workers, listener, chosen, oldNames, verify);
    }

    public RestoreOptions withOldNames(@Nullable OldNames names) {
        return new RestoreOptions(overwrite, workers, listener, filter, names, verify);
    }

    public RestoreOptions withVerify(boolean compare) {
        return new RestoreOptions(overwrite, workers, listener, filter, oldNames, compare);
    }
}
