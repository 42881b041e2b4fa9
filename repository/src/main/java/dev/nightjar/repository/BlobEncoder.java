package dev.nightjar.repository;

import dev.nightjar.repository.format.Compressor;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.TagMismatchException;
import java.nio.ByteBuffer;
import java.security.DigestException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/**
 * Turns a blob into the bytes of a pack: compresses, seals, then opens and decompresses again and compares (C15). Belongs
 * to one thread; its buffers are used again.
 */
final class BlobEncoder implements AutoCloseable {
    /** A door for tests: what memory or the processor may do to bytes between sealing and writing. */
    @FunctionalInterface
    interface Tampering {
        Tampering NONE = (bytes, length) -> {};

        void touch(byte[] bytes, int length);
    }

    private static final int IV = 16;

    /** Larger blobs are compared piece by piece, to save memory. */
    private static final int PIECE = 128 << 10;

    /** Blobs up to this length are compared at once, which costs less. */
    private static final int WHOLE = 512 << 10;

    private final Packer packer;
    private final boolean compressed;
    private final Tampering tampering;
    private final boolean verify;
    private final Envelope envelope;
    private final Compressor compressor = new Compressor();
    private final MessageDigest sha = Id.newSha256();
    private final byte[] digest = new byte[Id.LENGTH];
    private final LongAdder added;
    private final LongAdder addedPacked;
    private byte[] sealed = new byte[64 << 10];
    private byte[] opened = new byte[64 << 10];
    private byte[] decoded = new byte[64 << 10];
    private final ByteBuffer pieceIn = ByteBuffer.allocateDirect(PIECE);
    private final ByteBuffer pieceOut = ByteBuffer.allocateDirect(PIECE);

    BlobEncoder(Pipeline pipeline, Packer packer, Tampering tampering, boolean verify) {
        this.packer = packer;
        this.compressed = pipeline.repository().version() >= 2;
        this.tampering = tampering;
        this.verify = verify;
        this.envelope = pipeline.repository().unpacked().envelope();
        this.added = pipeline.added();
        this.addedPacked = pipeline.addedPacked();
    }

    Id hash(byte[] raw, int length) {
        sha.update(raw, 0, length);
        try {
            sha.digest(digest, 0, digest.length);
        } catch (DigestException e) {
            throw new IllegalStateException(e);
        }
        return Id.of(digest, 0);
    }

    /** Encodes a blob and puts it into a pack. */
    void encode(BlobType type, Id id, byte[] raw, int length) throws RepositoryException {
        int rawLength = compressed ? length : 0;
        int plainLength = rawLength == 0 ? copy(raw, length) : compress(type, raw, length);
        int sealedLength = envelope.seal(sealed, IV, plainLength, sealed, 0);
        tampering.touch(sealed, sealedLength);
        if (verify) {
            verify(id, raw, length, sealedLength, rawLength);
        }
        packer.add(type, id, sealed, sealedLength, rawLength);
        added.add(length);
        addedPacked.add(sealedLength);
    }

    private int copy(byte[] raw, int length) {
        sealed = grown(sealed, Envelope.OVERHEAD + length);
        System.arraycopy(raw, 0, sealed, IV, length);
        return length;
    }

    /** Large trees get little room at first: most become a fifth of what they are. */
    private int compress(BlobType type, byte[] raw, int length) {
        int bound = Compressor.bound(length);
        int room = type == BlobType.TREE && length > WHOLE ? length / 3 : bound;
        sealed = grown(sealed, Envelope.OVERHEAD + room);
        int frame = compressor.compress(raw, 0, length, sealed, IV, sealed.length - Envelope.OVERHEAD);
        if (frame < 0) {
            sealed = grown(sealed, Envelope.OVERHEAD + bound);
            frame = compressor.compress(raw, 0, length, sealed, IV, bound);
        }
        return frame;
    }

    private void verify(Id id, byte[] raw, int length, int sealedLength, int rawLength) throws RepositoryException {
        boolean same;
        try {
            if (length <= WHOLE) {
                same = sameWhole(raw, length, sealedLength, rawLength != 0);
            } else if (rawLength == 0) {
                same = samePlainPieces(raw, length, sealedLength);
            } else {
                same = samePieces(raw, length, sealedLength);
            }
        } catch (TagMismatchException e) {
            throw broken(id, String.valueOf(e.getMessage()));
        }
        if (!same) {
            throw broken(id, "it decodes to something else");
        }
    }

    private boolean sameWhole(byte[] raw, int length, int sealedLength, boolean decompress)
            throws TagMismatchException, CorruptException {
        opened = grown(opened, sealedLength);
        int plain = envelope.open(sealed, 0, sealedLength, opened, 0);
        if (!decompress) {
            return Arrays.equals(opened, 0, plain, raw, 0, length);
        }
        decoded = grown(decoded, length);
        int written = compressor.decompress(opened, 0, plain, decoded, 0, decoded.length);
        return written == length && Arrays.equals(decoded, 0, length, raw, 0, length);
    }

    private boolean samePlainPieces(byte[] raw, int length, int sealedLength) throws TagMismatchException {
        opened = grown(opened, PIECE);
        int plain = envelope.beginOpening(sealed, 0, sealedLength);
        boolean same = plain == length;
        for (int done = 0; same && done < plain; done += PIECE) {
            int piece = Math.min(PIECE, plain - done);
            envelope.openSome(sealed, IV + done, piece, opened);
            same = Arrays.equals(opened, 0, piece, raw, done, done + piece);
        }
        return same;
    }

    private boolean samePieces(byte[] raw, int length, int sealedLength) throws TagMismatchException, CorruptException {
        opened = grown(opened, PIECE);
        compressor.beginDecompressing();
        ByteBuffer expected = ByteBuffer.wrap(raw, 0, length);
        int plain = envelope.beginOpening(sealed, 0, sealedLength);
        int fed = 0;
        pieceIn.clear().limit(0);
        boolean ended = false;
        while (!ended) {
            if (!pieceIn.hasRemaining()) {
                int more = Math.min(PIECE, plain - fed);
                if (more == 0) {
                    return false;
                }
                envelope.openSome(sealed, IV + fed, more, opened);
                pieceIn.clear();
                pieceIn.put(opened, 0, more).flip();
                fed += more;
            }
            pieceOut.clear();
            ended = compressor.decompressSome(pieceOut, pieceIn);
            pieceOut.flip();
            int got = pieceOut.remaining();
            if (got > expected.remaining() || !pieceOut.equals(expected.slice(expected.position(), got))) {
                return false;
            }
            expected.position(expected.position() + got);
        }
        return !expected.hasRemaining() && fed == plain && !pieceIn.hasRemaining();
    }

    private static CorruptException broken(Id id, String why) {
        return new CorruptException(
                "blob " + id.shortHex() + " came out of encryption damaged, and was not written",
                why + "; this machine's memory or processor is not to be trusted");
    }

    private static byte[] grown(byte[] buffer, int length) {
        return buffer.length >= length ? buffer : new byte[Math.max(length, Math.min(2 * buffer.length, 1 << 20))];
    }

    @Override
    public void close() {
        compressor.close();
    }
}
