package dev.nightjar.repository.restore;

/**
 * How to restore.
 *
 * @param workers threads that read, decode and write, 1 to 64
 */
public record RestoreOptions(Overwrite overwrite, int workers, RestoreListener listener) {

    public RestoreOptions {
        if (workers < 1 || workers > 64) {
            throw new IllegalArgumentException("workers: " + workers);
        }
    }

    /** Overwrites nothing, works with two threads, tells nobody. */
    public static RestoreOptions defaults() {
        return new RestoreOptions(Overwrite.NEVER, 2, RestoreListener.NONE);
    }

    public RestoreOptions withOverwrite(Overwrite chosen) {
        return new RestoreOptions(chosen, workers, listener);
    }

    public RestoreOptions withListener(RestoreListener told) {
        return new RestoreOptions(overwrite, workers, told);
    }
}
