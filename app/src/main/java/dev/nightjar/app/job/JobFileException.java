package dev.nightjar.app.job;

import java.io.IOException;
import java.nio.file.Path;

/** What a job's file says cannot be understood. */
public final class JobFileException extends IOException {
    private final transient Path file;

    JobFileException(Path file, Throwable cause) {
        super(file + " is damaged", cause);
        this.file = file;
    }

    /** The file. */
    public Path file() {
        return file;
    }
}
