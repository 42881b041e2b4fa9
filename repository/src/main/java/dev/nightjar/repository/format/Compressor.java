package dev.nightjar.repository.format;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import dev.nightjar.repository.CorruptException;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;

/** Compresses and decompresses with zstd. Belongs to one thread, except the static methods. */
public final class Compressor implements AutoCloseable {
    /** restic's default. */
    private static final int LEVEL = 3;

    /** First byte of an unpacked file whose rest is a zstd frame. */
    private static final byte COMPRESSED = 2;

    private static final int WINDOW_LOG_MAX = 27;

    private final ZstdCompressCtx compress = new ZstdCompressCtx();
    private final ZstdDecompressCtx decompress = new ZstdDecompressCtx();

    public Compressor() {
        compress.setLevel(LEVEL).setChecksum(false).setContentSize(true);
        decompress.setLongMax(WINDOW_LOG_MAX);
    }

    /** The largest frame that this many bytes can become. */
    public static int bound(int length) {
        return Math.toIntExact(Zstd.compressBound(length));
    }

    /** Compresses; returns the length of the frame, -1 if it is longer than {@code outLength}. */
    public int compress(byte[] raw, int offset, int length, byte[] out, int outOffset, int outLength) {
        try {
            return compress.compressByteArray(out, outOffset, outLength, raw, offset, length);
        } catch (ZstdException e) {
            if (e.getErrorCode() == Zstd.errDstSizeTooSmall()) {
                return -1;
            }
            throw e;
        }
    }

    /** Decompresses a frame; returns the bytes written, at most {@code outLength}. */
    public int decompress(byte[] frame, int offset, int length, byte[] out, int outOffset, int outLength)
            throws CorruptException {
        try {
            return decompress.decompressByteArray(out, outOffset, outLength, frame, offset, length);
        } catch (ZstdException e) {
            throw new CorruptException("compressed data cannot be read", String.valueOf(e.getMessage()), e);
        }
    }

    /** Begins decompressing a frame piece by piece, see {@link #decompressSome}. */
    public void beginDecompressing() {
        decompress.reset();
        decompress.setLongMax(WINDOW_LOG_MAX);
    }

    /**
     * Decompresses as much as fits, of direct buffers.
     *
     * @return whether the frame ended
     */
    public boolean decompressSome(ByteBuffer out, ByteBuffer in) throws CorruptException {
        try {
            return decompress.decompressDirectByteBufferStream(out, in);
        } catch (ZstdException e) {
            throw new CorruptException("compressed data cannot be read", String.valueOf(e.getMessage()), e);
        }
    }

    /** The plain bytes of an index, snapshot or lock in version 2: a byte 2, then a frame. */
    public static byte[] pack(byte[] json) {
        byte[] frame = new byte[1 + bound(json.length)];
        frame[0] = COMPRESSED;
        long length = Zstd.compressByteArray(frame, 1, frame.length - 1, json, 0, json.length, LEVEL);
        if (Zstd.isError(length)) {
            throw new IllegalStateException(Zstd.getErrorName(length));
        }
        return java.util.Arrays.copyOf(frame, 1 + Math.toIntExact(length));
    }

    /** The JSON in an unpacked file's plain bytes, of either version, as a stream that fails beyond {@code bound} bytes. */
    public static InputStream unpack(String what, byte[] plain, long bound) throws CorruptException {
        if (plain.length == 0) {
            throw new CorruptException(what + " is empty", "it was cut short when it was written");
        }
        byte first = plain[0];
        if (first == '{' || first == '[') {
            return new ByteArrayInputStream(plain);
        }
        if (first != COMPRESSED) {
            throw new CorruptException(what + " cannot be understood", "it begins with byte " + (first & 0xff));
        }
        try {
            ZstdInputStreamNoFinalizer frame =
                    new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(plain, 1, plain.length - 1));
            frame.setLongMax(WINDOW_LOG_MAX);
            return new Bounded(frame, bound);
        } catch (IOException e) {
            throw new CorruptException(what + " cannot be understood", String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void close() {
        compress.close();
        decompress.close();
    }

    /** Fails when more than a bound comes out: a small frame can say that it holds terabytes. */
    private static final class Bounded extends FilterInputStream {
        private final long bound;
        private long left;

        Bounded(InputStream in, long bound) {
            super(in);
            this.bound = bound;
            this.left = bound;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int read = super.read(buffer, offset, length);
            left -= Math.max(0, read);
            if (left < 0) {
                throw new IOException("more than " + bound + " bytes come out of a compressed file");
            }
            return read;
        }
    }
}
