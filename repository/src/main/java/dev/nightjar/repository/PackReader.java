package dev.nightjar.repository;

import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.List;

/**
 * Reads ranges of packs, and decodes their blobs, in buffers that are used again: reading a repository from end to end makes
 * next to no garbage. For one thread at a time. Taken from {@link PackReaders}.
 */
public final class PackReader implements AutoCloseable {
    /** What the largest chunk that restic makes takes, sealed. Larger are only the trees of huge directories. */
    static final int CHUNK = (8 << 20) + (64 << 10);

    private final Repository repository;
    private final Storage storage;
    private final BlobReader blobs;
    private final int kept;
    private byte[] range = {};
    private byte[] raw = {};
    private int start;
    private int length;

    PackReader(Repository repository, Storage storage, BlobReader blobs, int kept) {
        this.repository = repository;
        this.storage = storage;
        this.blobs = blobs;
        this.kept = kept;
    }

    /** Reads bytes {@code start} to {@code start + length} of a pack; those read before are gone. */
    public void load(Id pack, int start, int length) throws RepositoryException {
        this.length = 0;
        Repository.mustHold(storage, pack, start, length);
        range = fitting(range, length, kept);
        storage.readRange(new FileName(FileKind.DATA, pack), start, range, length);
        this.start = start;
        this.length = length;
    }

    /** The SHA-256 of what was loaded. */
    public Id hash() {
        MessageDigest digest = Id.newSha256();
        digest.update(range, 0, length);
        return Id.of(digest.digest());
    }

    /** The blobs that the pack's own header names, in file order, if the whole pack was loaded. */
    public List<PackLocation> header(Id pack) throws RepositoryException {
        return repository.packHeader(pack, ByteBuffer.wrap(range, 0, length));
    }

    /** Decodes a blob out of what was loaded, once; checked against its hash. Returns its length, see {@link #content}. */
    public int decode(PackLocation location) throws CorruptException {
        return decode(location, true);
    }

    /** As {@link #decode(PackLocation)}; if it is not compared with its hash, its authentication code is all that proves it. */
    public int decode(PackLocation location, boolean compared) throws CorruptException {
        int size = BlobReader.rawLength(location);
        raw = fitting(raw, size, CHUNK);
        blobs.decodeInPlace(location, range, length, location.offset() - start, raw, compared);
        return size;
    }

    /** Begins with the bytes of the blob that was decoded last, and is used again for the next. */
    public byte[] content() {
        return raw;
    }

    @Override
    public void close() {
        blobs.close();
    }

    /** A buffer for so many bytes: it doubles up to {@code kept}, and one larger than that is let go of when it can be. */
    private static byte[] fitting(byte[] buffer, int length, int kept) {
        if (length > kept) {
            return buffer.length >= length ? buffer : new byte[length];
        }
        boolean fits = buffer.length >= length && buffer.length <= kept;
        return fits ? buffer : new byte[Math.clamp(2L * buffer.length, length, kept)];
    }
}
