package dev.nightjar.repository;

import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.TagMismatchException;
import java.security.MessageDigest;

/** Decodes blobs and checks them against their hash. Belongs to one thread. */
final class BlobReader implements AutoCloseable {
    /** A frame may say that it holds gigabytes; blobs are chunks of 8 MiB or directories. */
    private static final int LARGEST = 1 << 30;

    private static final int IV = Envelope.OVERHEAD / 2;

    private final Envelope envelope;
    private final Compressor compressor = new Compressor();
    private final MessageDigest sha = Id.newSha256();

    BlobReader(Envelope envelope) {
        this.envelope = envelope;
    }

    /** How many bytes the blob has when it is decoded; checked against what a blob can have. */
    static int rawLength(PackLocation location) throws CorruptException {
        int length = location.length() - Envelope.OVERHEAD;
        if (length < 0) {
            throw damaged(location, "it is shorter than a blob can be");
        }
        int raw = location.rawLength() == 0 ? length : location.rawLength();
        if (raw < 0 || raw > LARGEST) {
            throw damaged(location, "its length is given as " + raw);
        }
        return raw;
    }

    /** Decodes the blob at {@code location} out of {@code bytes}, where it begins at {@code offset}. */
    byte[] decode(PackLocation location, byte[] bytes, int offset) throws CorruptException {
        byte[] raw = new byte[rawLength(location)];
        decodeInPlace(location, bytes, bytes.length, offset, raw, true);
        return raw;
    }

    /**
     * Decodes a blob into the start of {@code raw}. What was sealed is overwritten with what was in it.
     *
     * @param end how many of {@code bytes} there are
     * @param compared whether the content is compared with its id
     */
    void decodeInPlace(PackLocation location, byte[] bytes, int end, int offset, byte[] raw, boolean compared)
            throws CorruptException {
        int length = location.length();
        if (offset < 0 || offset > end - length) {
            throw damaged(location, "the pack is shorter than that");
        }
        int size = rawLength(location);
        try {
            if (location.rawLength() == 0) {
                envelope.open(bytes, offset, length, raw, 0);
            } else {
                int opened = envelope.open(bytes, offset, length, bytes, offset + IV);
                decompress(location, bytes, offset + IV, opened, raw);
            }
        } catch (TagMismatchException e) {
            throw damaged(location, "it does not decrypt");
        }
        if (!compared) {
            return;
        }
        sha.update(raw, 0, size);
        if (!Id.of(sha.digest()).equals(location.blob())) {
            throw damaged(location, "its content does not match its hash");
        }
    }

    private void decompress(PackLocation location, byte[] frame, int offset, int length, byte[] raw)
            throws CorruptException {
        int size = location.rawLength();
        int written;
        try {
            written = compressor.decompress(frame, offset, length, raw, 0, size);
        } catch (CorruptException e) {
            throw damaged(location, e.why());
        }
        if (written != size) {
            throw damaged(location, "it holds " + written + " bytes, not " + size);
        }
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
