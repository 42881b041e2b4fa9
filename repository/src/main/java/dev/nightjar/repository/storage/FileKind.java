package dev.nightjar.repository.storage;

/** The kinds of files in a repository. */
public enum FileKind {
    CONFIG("config"),
    KEY("keys"),
    LOCK("locks"),
    SNAPSHOT("snapshots"),
    INDEX("index"),
    DATA("data");

    private final String directory;

    FileKind(String directory) {
        this.directory = directory;
    }

    /** Name of the directory that holds these files (for {@link #CONFIG}, of the file itself). */
    public String directory() {
        return directory;
    }
}
