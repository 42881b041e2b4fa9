package dev.nightjar.repository;

import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.format.TagMismatchException;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.SecureRandom;

/** The files of a repository that are an envelope each: indexes, snapshots and locks. Thread-safe. */
final class Unpacked {
    /** No honest index is larger, decompressed. It is read piece by piece. */
    private static final long INDEX_BOUND = 2L << 30;

    /** No honest snapshot or lock is; what is in them is held in memory. */
    private static final long OTHER_BOUND = 64L << 20;

    private final Storage storage;
    private final MasterKey key;
    private final SecureRandom random;
    private final boolean compressed;

    Unpacked(Storage storage, MasterKey key, SecureRandom random, boolean compressed) {
        this.storage = storage;
        this.key = key;
        this.random = random;
        this.compressed = compressed;
    }

    /** An envelope for the calling thread. */
    Envelope envelope() {
        return new Envelope(key, random);
    }

    /** What becomes a file; known by its name before that. */
    record Sealed(Id id, ByteBuffer bytes) {}

    Sealed seal(byte[] json) {
        byte[] sealed = envelope().seal(compressed ? Compressor.pack(json) : json);
        return new Sealed(Id.sha256(sealed), ByteBuffer.wrap(sealed).asReadOnlyBuffer());
    }

    void write(FileKind kind, Sealed file) throws RepositoryException {
        storage.write(new FileName(kind, file.id()), file.bytes());
    }

    /** The same files, written and read through another door to their storage. */
    Unpacked through(Storage door) {
        return new Unpacked(door, key, random, compressed);
    }

    /** The JSON of a file, checked against its name. */
    InputStream read(FileKind kind, Id id) throws RepositoryException {
        FileName name = new FileName(kind, id);
        byte[] sealed = storage.read(name);
        if (!Id.sha256(sealed).equals(id)) {
            throw new CorruptException(name.path() + " is damaged", "its content does not match its name");
        }
        try {
            return Compressor.unpack(
                    name.path(), envelope().open(sealed), kind == FileKind.INDEX ? INDEX_BOUND : OTHER_BOUND);
        } catch (TagMismatchException e) {
            throw new CorruptException(
                    name.path() + " cannot be decrypted", "it was sealed with another key, or is damaged", e);
        }
    }

    byte[] readAll(FileKind kind, Id id) throws RepositoryException {
        try (InputStream in = read(kind, id)) {
            return in.readAllBytes();
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw new CorruptException(
                    new FileName(kind, id).path() + " cannot be decompressed", String.valueOf(e.getMessage()), e);
        }
    }
}
