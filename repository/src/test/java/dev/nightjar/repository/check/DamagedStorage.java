package dev.nightjar.repository.check;

import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A storage in memory that cannot be written to, and whose files may be given another content for a while. */
final class DamagedStorage implements Storage {
    private final Map<FileName, byte[]> good;
    private final Map<FileName, byte[]> now;

    DamagedStorage(Map<FileName, byte[]> files) {
        this.good = new LinkedHashMap<>(files);
        this.now = new LinkedHashMap<>(files);
    }

    /** The names of all files, the same each time. */
    List<FileName> names() {
        return List.copyOf(good.keySet());
    }

    byte[] good(FileName name) {
        byte[] content = good.get(name);
        if (content == null) {
            throw new IllegalArgumentException(name.path());
        }
        return content;
    }

    /** Gives a file another content; null takes it away. */
    void put(FileName name, byte @Nullable [] content) {
        if (content == null) {
            now.remove(name);
        } else {
            now.put(name, content);
        }
    }

    /** As it was. */
    void undo() {
        now.clear();
        now.putAll(good);
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public boolean exists() {
        return true;
    }

    @Override
    public void create() {}

    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        for (var file : new ArrayList<>(now.entrySet())) {
            if (file.getKey().kind() == kind) {
                visitor.file(file.getKey().id(), file.getValue().length);
            }
        }
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        return content(name).length;
    }

    @Override
    public byte[] read(FileName name) throws RepositoryException {
        return content(name).clone();
    }

    private byte[] content(FileName name) throws RepositoryException {
        byte[] content = now.get(name);
        if (content == null) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, name + " is not there", "", "", null);
        }
        return content;
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        byte[] content = content(name);
        if (offset + length > content.length) {
            throw new StorageException(StorageException.Kind.OTHER, name + " is too short", "", "", null);
        }
        System.arraycopy(content, (int) offset, into, 0, length);
    }

    @Override
    public void write(FileName name, ByteBuffer... content) throws RepositoryException {
        throw new StorageException(StorageException.Kind.DENIED, "read-only", "as a test wants it", "", null);
    }

    @Override
    public void delete(FileName name) throws RepositoryException {
        write(name);
    }

    @Override
    public long freeSpace() {
        return -1;
    }

    @Override
    public void close() {}
}
