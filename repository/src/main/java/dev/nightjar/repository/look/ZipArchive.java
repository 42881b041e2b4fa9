package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A zip archive (PKWARE's APPNOTE 6.3): files, directories and symlinks, with permissions and times to the second. The
 * JDK's writer knows neither permissions nor symlinks, so the records are written here; it deflates.
 *
 * <p>The directory at the end of the archive names every entry, so it grows with their number; it is kept deflated.
 */
final class ZipArchive implements Archive {
    private static final int LOCAL = 0x04034b50;
    private static final int DESCRIPTOR = 0x08074b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_64 = 0x06064b50;
    private static final int LOCATOR_64 = 0x07064b50;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int SIZES_FOLLOW = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    private static final int VERSION = 20;
    private static final int VERSION_64 = 45;
    private static final int MADE_ON_UNIX = 3 << 8;
    private static final short EXTRA_64 = 0x0001;
    private static final short EXTRA_TIME = 0x5455;
    private static final long FULL = 0xffff_ffffL;
    private static final int FULL_COUNT = 0xffff;

    /** Deflating makes incompressible content a little larger; above this, eight bytes are kept for its sizes. */
    private static final long NEAR_FULL = 0xff00_0000L;

    private final Counted out;
    private final ByteArrayOutputStream deflatedDirectory = new ByteArrayOutputStream();
    private final Deflater directoryDeflater = new Deflater(Deflater.BEST_SPEED);
    private final OutputStream directory = new DeflaterOutputStream(deflatedDirectory, directoryDeflater);
    private final byte[] buffer = new byte[64 * 1024];
    private long entries;

    ZipArchive(OutputStream out) {
        this.out = new Counted(out);
    }

    /** An entry as both of its records tell it. */
    private record Entry(
            byte[] name, Node node, int flags, int method, long crc, long compressed, long size, long offset) {}

    @Override
    public boolean add(BytePath path, Node node, @Nullable Contents contents) throws IOException {
        byte[] name = path.bytes();
        byte[] target = node.linkTarget();
        byte[] small = {};
        switch (node.type()) {
            case FILE -> {}
            case DIRECTORY -> {
                name = Arrays.copyOf(name, name.length + 1);
                name[name.length - 1] = '/';
            }
            case SYMLINK -> small = target == null ? small : target;
            case BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, IRREGULAR -> {
                return false;
            }
        }
        if (name.length > FULL_COUNT) {
            return false;
        }
        long offset = out.count;
        int utf8 = TarArchive.isUtf8(name) ? UTF_8 : 0;
        if (contents == null) {
            CRC32 crc = new CRC32();
            crc.update(small);
            Entry entry = new Entry(name, node, utf8, STORED, crc.getValue(), small.length, small.length, offset);
            local(entry, false);
            out.write(small);
            central(entry);
        } else {
            file(new Entry(name, node, utf8 | SIZES_FOLLOW, DEFLATED, 0, 0, 0, offset), contents);
        }
        entries++;
        return true;
    }

    private void file(Entry begun, Contents contents) throws IOException {
        boolean large = contents.size() > NEAR_FULL;
        local(begun, large);
        CRC32 crc = new CRC32();
        Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        try {
            deflate(deflater, crc, contents);
            Entry entry = new Entry(
                    begun.name,
                    begun.node,
                    begun.flags,
                    DEFLATED,
                    crc.getValue(),
                    deflater.getBytesWritten(),
                    deflater.getBytesRead(),
                    begun.offset);
            ByteBuffer descriptor = little(24).putInt(DESCRIPTOR).putInt((int) entry.crc);
            if (large) {
                descriptor.putLong(entry.compressed).putLong(entry.size);
            } else {
                descriptor.putInt((int) entry.compressed).putInt((int) entry.size);
            }
            write(descriptor);
            central(entry);
        } finally {
            deflater.end();
        }
    }

    private void deflate(Deflater deflater, CRC32 crc, Contents contents) throws IOException {
        contents.writeTo(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                write(new byte[] {(byte) b}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                crc.update(bytes, offset, length);
                deflater.setInput(bytes, offset, length);
                drain(deflater);
            }
        });
        deflater.finish();
        drain(deflater);
    }

    private void drain(Deflater deflater) throws IOException {
        for (int count; (count = deflater.deflate(buffer)) > 0; ) {
            out.write(buffer, 0, count);
        }
    }

    private void local(Entry entry, boolean large) throws IOException {
        byte[] time = time(entry.node);
        int extra = time.length + (large ? 20 : 0);
        ByteBuffer header =
                little(30 + entry.name.length + extra).putInt(LOCAL).putShort((short) (large ? VERSION_64 : VERSION));
        common(header, entry);
        header.putInt((int) entry.crc)
                .putInt(large ? (int) FULL : (int) entry.compressed)
                .putInt(large ? (int) FULL : (int) entry.size)
                .putShort((short) entry.name.length)
                .putShort((short) extra)
                .put(entry.name);
        if (large) {
            header.putShort(EXTRA_64).putShort((short) 16).putLong(0).putLong(0);
        }
        write(header.put(time));
    }

    private void central(Entry entry) throws IOException {
        byte[] time = time(entry.node);
        ByteBuffer wide = little(4 + 3 * 8).putShort(EXTRA_64).putShort((short) 0);
        int size = narrow(wide, entry.size);
        int compressed = narrow(wide, entry.compressed);
        int offset = narrow(wide, entry.offset);
        int wideLength = wide.position() == 4 ? 0 : wide.position();
        wide.putShort(2, (short) (wideLength - 4));
        boolean isDirectory = entry.node.type() == NodeType.DIRECTORY;
        ByteBuffer header = little(46 + entry.name.length + wideLength + time.length)
                .putInt(CENTRAL)
                .putShort((short) (MADE_ON_UNIX | VERSION_64))
                .putShort((short) (wideLength > 0 ? VERSION_64 : VERSION));
        common(header, entry);
        header.putInt((int) entry.crc)
                .putInt(compressed)
                .putInt(size)
                .putShort((short) entry.name.length)
                .putShort((short) (wideLength + time.length))
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt((type(entry.node.type()) | entry.node.permissions()) << 16 | (isDirectory ? 0x10 : 0))
                .putInt(offset)
                .put(entry.name)
                .put(wide.flip().limit(wideLength))
                .put(time);
        directory.write(bytes(header));
    }

    /** The number as four bytes hold it; if they do not, all ones, and the number goes into the wide field. */
    private static int narrow(ByteBuffer wide, long number) {
        if (number < FULL) {
            return (int) number;
        }
        wide.putLong(number);
        return (int) FULL;
    }

    private static void common(ByteBuffer header, Entry entry) {
        LocalDateTime time = LocalDateTime.ofInstant(entry.node.mtime().toInstant(), ZoneOffset.UTC);
        int year = Math.clamp(time.getYear(), 1980, 2107);
        header.putShort((short) entry.flags)
                .putShort((short) entry.method)
                .putShort((short) (time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2))
                .putShort((short) ((year - 1980) << 9 | time.getMonthValue() << 5 | time.getDayOfMonth()));
    }

    /** The modification time in UTC (Info-ZIP's "UT" field); what is before the year 1901 or after 2038 has none. */
    private static byte[] time(Node node) {
        long seconds = node.mtime().seconds();
        if (seconds != (int) seconds) {
            return new byte[0];
        }
        return bytes(
                little(9).putShort(EXTRA_TIME).putShort((short) 5).put((byte) 1).putInt((int) seconds));
    }

    /** The type in the way of st_mode. */
    private static int type(NodeType type) {
        return switch (type) {
            case FILE -> 0100000;
            case DIRECTORY -> 0040000;
            case SYMLINK -> 0120000;
            case BLOCK_DEVICE, CHARACTER_DEVICE, FIFO, SOCKET, IRREGULAR -> 0;
        };
    }

    @Override
    public void finish() throws IOException {
        directory.close();
        directoryDeflater.end();
        long start = out.count;
        Inflater inflater = new Inflater();
        try (InflaterOutputStream inflated = new InflaterOutputStream(new Open(out), inflater)) {
            deflatedDirectory.writeTo(inflated);
        } finally {
            inflater.end();
        }
        long length = out.count - start;
        if (entries >= FULL_COUNT || length >= FULL || start >= FULL) {
            end64(start, length);
        }
        short count = (short) Math.min(entries, FULL_COUNT);
        write(little(22)
                .putInt(END)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt((int) Math.min(length, FULL))
                .putInt((int) Math.min(start, FULL))
                .putShort((short) 0));
    }

    private void end64(long start, long length) throws IOException {
        long end = out.count;
        write(little(56)
                .putInt(END_64)
                .putLong(44)
                .putShort((short) (MADE_ON_UNIX | VERSION_64))
                .putShort((short) VERSION_64)
                .putInt(0)
                .putInt(0)
                .putLong(entries)
                .putLong(entries)
                .putLong(length)
                .putLong(start));
        write(little(20).putInt(LOCATOR_64).putInt(0).putLong(end).putInt(1));
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    private void write(ByteBuffer written) throws IOException {
        out.write(bytes(written));
    }

    /** What was put into the buffer so far. */
    private static byte[] bytes(ByteBuffer written) {
        byte[] bytes = new byte[written.position()];
        written.flip().get(bytes);
        return bytes;
    }

    /** Counts what goes through it. */
    private static final class Counted extends OutputStream {
        private final OutputStream out;
        private long count;

        Counted(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            out.write(b);
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
            count += length;
        }
    }

    /** Stays open when the filter before it is closed. */
    private static final class Open extends java.io.FilterOutputStream {
        Open(OutputStream out) {
            super(out);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            out.write(bytes, offset, length);
        }

        @Override
        public void close() {}
    }
}
