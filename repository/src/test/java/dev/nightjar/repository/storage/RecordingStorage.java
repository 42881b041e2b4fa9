package dev.nightjar.repository.storage;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.StorageException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A storage in memory that keeps the order of what was done to it, and fails when told: at a write, whose file is then
 * not there. Its state as it was after any number of operations can be had again.
 */
public final class RecordingStorage implements Storage {
    /** A change. Content is null for a removal. */
    public record Operation(FileName name, byte[] content, boolean removal) {}

    private final Map<String, byte[]> files = new TreeMap<>();
    private final Map<String, FileName> names = new TreeMap<>();
    private final List<Operation> operations = new ArrayList<>();
    private final Map<String, Instant> times = new TreeMap<>();
    private long bytesLeft = Long.MAX_VALUE;
    private @Nullable InstantSource clock;
    private boolean made;

    /** From now on it says when files were written. */
    public synchronized void clock(InstantSource own) {
        clock = own;
    }

    /** From now on there is room for so many bytes. */
    public synchronized void leaveRoomFor(long bytes) {
        bytesLeft = bytes;
    }

    /** All changes, in order. */
    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** A storage as this one was after its first {@code count} changes. */
    public synchronized RecordingStorage after(int count) throws RepositoryException {
        RecordingStorage past = new RecordingStorage();
        past.create();
        for (Operation operation : operations.subList(0, count)) {
            if (operation.removal()) {
                past.delete(operation.name());
            } else {
                past.write(operation.name(), ByteBuffer.wrap(operation.content()));
            }
        }
        return past;
    }

    @Override
    public String location() {
        return "memory";
    }

    @Override
    public synchronized boolean exists() {
        return made;
    }

    @Override
    public synchronized void create() {
        made = true;
    }

    @Override
    public void list(FileKind kind, ListVisitor visitor) throws RepositoryException {
        if (kind == FileKind.CONFIG) {
            throw new IllegalArgumentException("the config has no id");
        }
        Map<Id, Long> found = new TreeMap<>();
        synchronized (this) {
            names.forEach((path, name) -> {
                if (name.kind() == kind) {
                    found.put(name.id(), (long) content(path).length);
                }
            });
        }
        for (var file : found.entrySet()) {
            visitor.file(file.getKey(), file.getValue());
        }
    }

    private byte[] content(String path) {
        byte[] content = files.get(path);
        return content == null ? new byte[0] : content;
    }

    @Override
    public long size(FileName name) throws RepositoryException {
        return read(name).length;
    }

    @Override
    public synchronized @Nullable Instant modified(FileName name) {
        return times.get(name.path());
    }

    @Override
    public synchronized byte[] read(FileName name) throws RepositoryException {
        byte[] content = files.get(name.path());
        if (content == null) {
            throw new StorageException(StorageException.Kind.NOT_FOUND, name + " is not there", "", "", null);
        }
        return content.clone();
    }

    @Override
    public void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException {
        byte[] content = read(name);
        if (offset < 0 || offset + length > content.length) {
            throw new StorageException(StorageException.Kind.OTHER, name + " is too short", "", "", null);
        }
        System.arraycopy(content, (int) offset, into, 0, length);
    }

    @Override
    public synchronized void write(FileName name, ByteBuffer... content) throws RepositoryException {
        int length = Arrays.stream(content).mapToInt(ByteBuffer::remaining).sum();
        if (length > bytesLeft) {
            throw new StorageException(
                    StorageException.Kind.NO_SPACE, "memory is full", "as a test wants it", "", null);
        }
        bytesLeft -= length;
        ByteBuffer whole = ByteBuffer.allocate(length);
        for (ByteBuffer piece : content) {
            whole.put(piece.duplicate());
        }
        byte[] bytes = whole.array();
        files.put(name.path(), bytes);
        names.put(name.path(), name);
        if (clock != null) {
            times.put(name.path(), clock.instant());
        }
        operations.add(new Operation(name, bytes, false));
    }

    @Override
    public synchronized void delete(FileName name) {
        if (files.remove(name.path()) != null) {
            names.remove(name.path());
            times.remove(name.path());
            operations.add(new Operation(name, new byte[0], true));
        }
    }

    @Override
    public long freeSpace() {
        return -1;
    }

    @Override
    public void close() {}
}
