package dev.nightjar.repository.storage;

import dev.nightjar.repository.RepositoryException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/** A repository in a directory of this machine, in restic's default layout. */
@SuppressWarnings("DoNotCallSuggester")
public final class LocalStorage implements Storage {
    private final Path directory;

    /** A repository at or to be made at {@code directory}; nothing is touched. */
    public LocalStorage(Path directory) {
        this.directory = directory;
    }

    @Override
    public String location() {
        return directory.toString();
    }

    @Override
    public boolean exists() {
        throw new UnsupportedOperationException();
    }

    @Override
    public void create() throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public byte[] readRange(FileName name, long offset, int length) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void write(FileName name, ByteBuffer content) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public long freeSpace() throws RepositoryException {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {}
}
