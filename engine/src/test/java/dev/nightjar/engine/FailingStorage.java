package dev.nightjar.engine;

import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** A storage that can be told to refuse what is written of one kind, or everything. */
final class FailingStorage implements Storage {
    private final Storage storage;
    volatile @Nullable FileKind refused;
    volatile StorageException.@Nullable Kind away;

    FailingStorage(Storage storage) {
        this.storage = storage;
    }

    private void check() throws StorageException {
        StorageException.Kind kind = away;
        if (kind != null) {
            throw new StorageException(kind, "the storage refuses", "it was told to", "nothing", null);
        }
    }

    @Override
    public String location() {
        return storage.location();
    }

    @Override
    public boolean exists() throws RepositoryException {
        check();
        return storage.exists();
    }

    @Override
    public void create() throws RepositoryException {
        check();
        storage.create();
    }

    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        check();
        storage.list(kind, visitor);
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        check();
        return storage.size(name);
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        check();
        return storage.read(name);
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        check();
        storage.readRange(name, offset, into, length);
    }

    @Override
    public void write(FileName name, ByteBuffer... content) throws RepositoryException {
        check();
        if (name.kind() == refused) {
            throw new StorageException(
                    StorageException.Kind.NO_SPACE, "cannot write " + name, "it was told to", "nothing", null);
        }
        storage.write(name, content);
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        check();
        storage.delete(name);
    }

    @Override
    public long freeSpace() throws RepositoryException {
        return storage.freeSpace();
    }

    @Override
    public void close() throws RepositoryException {
        storage.close();
    }
}
