package dev.nightjar.repository;

import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.PackHeader;
import dev.nightjar.repository.format.TagMismatchException;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.nio.ByteBuffer;
import java.util.List;

/** Reads what packs say of themselves, at their ends. Thread-safe. */
final class PackHeaders {
    private final Unpacked unpacked;
    private final Storage storage;

    PackHeaders(Unpacked unpacked, Storage storage) {
        this.unpacked = unpacked;
        this.storage = storage;
    }

    /** The blobs of a pack in the storage, in file order. */
    List<PackLocation> read(Id pack, long packSize) throws RepositoryException {
        mustHaveRoom(pack, packSize);
        FileName name = new FileName(FileKind.DATA, pack);
        byte[] end = storage.readRange(name, packSize - PackHeader.LENGTH_FIELD, PackHeader.LENGTH_FIELD);
        int length = PackHeader.sealedLength(pack, end, packSize);
        return decode(pack, storage.readRange(name, packSize - PackHeader.LENGTH_FIELD - length, length));
    }

    /** The blobs of a whole pack, in file order. */
    List<PackLocation> of(Id pack, ByteBuffer bytes) throws RepositoryException {
        int size = bytes.remaining();
        mustHaveRoom(pack, size);
        byte[] end = new byte[PackHeader.LENGTH_FIELD];
        bytes.get(size - end.length, end);
        byte[] sealed = new byte[PackHeader.sealedLength(pack, end, size)];
        bytes.get(size - end.length - sealed.length, sealed);
        return decode(pack, sealed);
    }

    private static void mustHaveRoom(Id pack, long packSize) throws CorruptException {
        if (packSize < PackHeader.LENGTH_FIELD + Envelope.OVERHEAD) {
            throw new CorruptException("pack " + pack.shortHex() + " has no header", "it has " + packSize + " bytes");
        }
    }

    private List<PackLocation> decode(Id pack, byte[] sealed) throws RepositoryException {
        try {
            byte[] header = unpacked.envelope().open(sealed);
            return PackHeader.decode(pack, header, header.length);
        } catch (TagMismatchException e) {
            throw new CorruptException(
                    "the header of pack " + pack.shortHex() + " is damaged", "it does not decrypt", e);
        }
    }
}
