package dev.nightjar.engine;

/**
 * Hears what a job does. Called on the job's threads, one event at a time; must return quickly and not call back into
 * the job other than for {@link BackupJob#status()} and {@link BackupJob#stop(boolean)}.
 */
@FunctionalInterface
public interface JobListener {
    /** Something happened. */
    void on(JobEvent event);
}
