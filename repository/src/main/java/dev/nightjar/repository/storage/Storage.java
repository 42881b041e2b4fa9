package dev.nightjar.repository.storage;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.RepositoryException;
import java.nio.ByteBuffer;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Holds the files of a repository. Thread-safe. */
public interface Storage extends AutoCloseable {
    /** Where it is, as people write it. */
    String location();

    /** Whether the place itself is there (for a local one, the directory); false says nothing about why. */
    boolean exists() throws RepositoryException;

    /** Makes the place and its directories, as far as they are not there. */
    void create() throws RepositoryException;

    /** Tells the files of a kind, in no order. Files with other names are passed over. */
    void list(FileKind kind, ListVisitor visitor) throws RepositoryException;

    /** The size of a file in bytes; a {@code NOT_FOUND} storage exception if it is not there. */
    long size(FileName name) throws RepositoryException;

    /**
     * When a file was written, by the storage's own clock, which may differ from ours; null if the storage does not say, or
     * has no such file.
     */
    default @Nullable Instant modified(FileName name) throws RepositoryException {
        return null;
    }

    /** A whole file. */
    byte[] read(FileName name) throws RepositoryException;

    /** Reads bytes {@code offset} to {@code offset + length} of a file into the start of an array; fewer is an error. */
    void readRange(FileName name, long offset, byte[] into, int length) throws RepositoryException;

    /** Bytes {@code offset} to {@code offset + length} of a file; fewer is an error. */
    default byte[] readRange(FileName name, long offset, int length) throws RepositoryException {
        byte[] bytes = new byte[length];
        readRange(name, offset, bytes, length);
        return bytes;
    }

    /**
     * Writes a file of these pieces, whose positions stay: when this returns it is durable; when it throws, nothing is left
     * under its name or another.
     */
    void write(FileName name, ByteBuffer... content) throws RepositoryException;

    /**
     * Removes a file; that it is not there is no error. Of locks and packs, a power cut may bring it back; the others are
     * gone for good when this returns.
     */
    void delete(FileName name) throws RepositoryException;

    /** Free bytes, or -1 if that is not known. */
    long freeSpace() throws RepositoryException;

    @Override
    void close() throws RepositoryException;

    /** Is told the files of a listing. */
    @FunctionalInterface
    interface ListVisitor {
        /** One file. */
        void file(Id id, long size) throws RepositoryException;
    }
}
