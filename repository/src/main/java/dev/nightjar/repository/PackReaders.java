package dev.nightjar.repository;

import dev.nightjar.repository.storage.Storage;
import java.util.ArrayDeque;

/** Pack readers that no thread is using just now, as many as threads ever asked at once. Thread-safe. */
public final class PackReaders implements AutoCloseable {
    private final Repository repository;
    private final Storage storage;
    private final int kept;
    private final ArrayDeque<PackReader> idle = new ArrayDeque<>();

    PackReaders(Repository repository, Storage storage, int kept) {
        this.repository = repository;
        this.storage = storage;
        this.kept = kept;
    }

    /** A reader for the calling thread, which gives it back. */
    public PackReader take() {
        synchronized (this) {
            PackReader reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        return repository.packReader(storage, kept);
    }

    /** Takes a reader back. */
    public synchronized void give(PackReader reader) {
        idle.push(reader);
    }

    /** Closes the readers; when nobody uses one any more. */
    @Override
    public synchronized void close() {
        idle.forEach(PackReader::close);
        idle.clear();
    }
}
