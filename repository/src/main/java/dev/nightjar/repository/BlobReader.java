package dev.nightjar.repository;

import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.TagMismatchException;
import java.security.MessageDigest;

/** Decodes blobs and checks them against their hash. Belongs to one thread. */
final class BlobReader implements AutoCloseable {
    /** A frame may say that it holds gigabytes; blobs are chunks of 8 MiB or directories. */
    private static final int LARGEST = 1 << 30;

    private final Envelope envelope;
    private final Compressor compressor = new Compressor();
    private final MessageDigest sha = Id.newSha256();
    private byte[] opened = {};

    BlobReader(Envelope envelope) {
        this.envelope = envelope;
    }

    /** Decodes the blob at {@code location} out of {@code bytes}, where it begins at {@code offset}. */
    byte[] decode(PackLocation location, byte[] bytes, int offset) throws CorruptException {
        int length = location.length();
        if (offset < 0 || length < Envelope.OVERHEAD || offset > bytes.length - length) {
            throw damaged(location, "the pack is shorter than that");
        }
        byte[] raw;
        try {
            if (location.rawLength() == 0) {
                raw = new byte[length - Envelope.OVERHEAD];
                envelope.open(bytes, offset, length, raw, 0);
            } else {
                raw = decompress(location, bytes, offset);
            }
        } catch (TagMismatchException e) {
            throw damaged(location, "it does not decrypt");
        }
        if (!Id.of(sha.digest(raw)).equals(location.blob())) {
            throw damaged(location, "its content does not match its hash");
        }
        return raw;
    }

    private byte[] decompress(PackLocation location, byte[] bytes, int offset)
            throws TagMismatchException, CorruptException {
        if (location.rawLength() < 0 || location.rawLength() > LARGEST) {
            throw damaged(location, "its length is given as " + location.rawLength());
        }
        if (opened.length < location.length()) {
            opened = new byte[location.length()];
        }
        int compressed = envelope.open(bytes, offset, location.length(), opened, 0);
        byte[] raw = new byte[location.rawLength()];
        int written;
        try {
            written = compressor.decompress(opened, 0, compressed, raw, 0, raw.length);
        } catch (CorruptException e) {
            throw damaged(location, e.why());
        }
        if (written != raw.length) {
            throw damaged(location, "it holds " + written + " bytes, not " + raw.length);
        }
        return raw;
    }

    private static CorruptException damaged(PackLocation location, String why) {
        return new CorruptException(
                "blob " + location.blob().shortHex() + " in pack "
                        + location.pack().shortHex() + " is damaged",
                why);
    }

    @Override
    public void close() {
        compressor.close();
    }
}
