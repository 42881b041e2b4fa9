package dev.nightjar.repository.look;

import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A tar archive in the pax format: ustar headers, and extended headers for what does not fit into those. Names are written
 * as the bytes they are. Extended attributes are {@code SCHILY.xattr.NAME} records, which GNU tar, bsdtar and star know. Of a
 * file with several names the first has the content, and the others are hard links to it.
 */
final class TarArchive implements Archive {
    /** Some readers want archives in whole records of twenty blocks. */
    private static final int RECORD = 20 * TarHeader.BLOCK;

    private static final byte[] ZEROS = new byte[RECORD];

    private final OutputStream out;
    private final Map<FileKey, FirstName> firstNames = new HashMap<>();
    private long written;

    /** What makes names one file: what is not equal in all of this is not linked. */
    private record FileKey(
            long device,
            long inode,
            NodeType type,
            @Nullable List<Id> content,
            @Nullable String linkTarget) {}

    /** The name that has the content, and how many more are to come; forgotten after the last. */
    private record FirstName(byte[] path, long left) {}

    TarArchive(OutputStream out) {
        this.out = out;
    }

    @Override
    public boolean add(BytePath path, Node node, @Nullable Contents contents) throws IOException {
        char type = type(node.type());
        if (type == 0) {
            return false;
        }
        byte[] name = path.bytes();
        byte[] link = node.linkTarget() == null ? new byte[0] : node.linkTarget();
        byte[] first = firstName(name, node);
        Contents data = contents;
        if (first != null) {
            type = '1';
            link = first;
            data = null;
        }
        if (type == '5') {
            name = Arrays.copyOf(name, name.length + 1);
            name[name.length - 1] = '/';
        }
        long size = data == null ? 0 : data.size();
        PaxRecords extended = extended(name, link, node, size);
        if (!extended.isEmpty()) {
            byte[] records = extended.toBytes();
            header(new TarHeader('x').name(ascii("PaxHeader")).mode(0644).size(records.length));
            write(records);
            pad(TarHeader.BLOCK);
        }
        header(new TarHeader(type)
                .name(name)
                .link(link)
                .mode(node.permissions())
                .owner(Integer.toUnsignedLong(node.uid()), Integer.toUnsignedLong(node.gid()))
                .ownerNames(bytes(node.user()), bytes(node.group()))
                .mtime(node.mtime().seconds())
                .device(major(node.device()), minor(node.device()))
                .size(size));
        if (data != null) {
            data.writeTo(out);
            written += size;
            pad(TarHeader.BLOCK);
        }
        return true;
    }

    /** The kind of entry, 0 for none: an archive holds no sockets. */
    private static char type(NodeType type) {
        return switch (type) {
            case FILE -> '0';
            case SYMLINK -> '2';
            case CHARACTER_DEVICE -> '3';
            case BLOCK_DEVICE -> '4';
            case DIRECTORY -> '5';
            case FIFO -> '6';
            case SOCKET, IRREGULAR -> 0;
        };
    }

    /** The name this file already has in the archive, or null. */
    private byte @Nullable [] firstName(byte[] name, Node node) {
        if (node.links() < 2 || node.type() == NodeType.DIRECTORY || node.inode() == 0) {
            return null;
        }
        byte[] target = node.linkTarget();
        FileKey key = new FileKey(
                node.deviceId(),
                node.inode(),
                node.type(),
                node.content(),
                target == null ? null : new String(target, StandardCharsets.ISO_8859_1));
        FirstName first = firstNames.get(key);
        if (first == null) {
            firstNames.put(key, new FirstName(name, node.links() - 1));
            return null;
        }
        if (first.left() == 1) {
            firstNames.remove(key);
        } else {
            firstNames.put(key, new FirstName(first.path(), first.left() - 1));
        }
        return first.path();
    }

    private static PaxRecords extended(byte[] name, byte[] link, Node node, long size) {
        PaxRecords records = new PaxRecords();
        boolean longName = name.length > TarHeader.NAME;
        boolean longLink = link.length > TarHeader.NAME;
        if ((longName && !isUtf8(name)) || (longLink && !isUtf8(link))) {
            // Values are UTF-8 unless this says that they are as they are.
            records.add("hdrcharset", "BINARY");
        }
        if (longName) {
            records.add("path", name);
        }
        if (longLink) {
            records.add("linkpath", link);
        }
        if (size > TarHeader.LONG_MAX) {
            records.add("size", Long.toString(size));
        }
        number(records, "uid", Integer.toUnsignedLong(node.uid()));
        number(records, "gid", Integer.toUnsignedLong(node.gid()));
        text(records, "uname", node.user());
        text(records, "gname", node.group());
        Timestamp mtime = node.mtime();
        if (mtime.nanos() != 0 || mtime.seconds() < 0 || mtime.seconds() > TarHeader.LONG_MAX) {
            records.add("mtime", decimal(mtime));
        }
        for (Xattr xattr : node.xattrs()) {
            // GNU tar: an equals sign would end the key.
            String key = xattr.name().replace("%", "%25").replace("=", "%3D");
            byte[] prefix = ascii("SCHILY.xattr.");
            byte[] raw = BytePath.of(key).bytes();
            byte[] whole = Arrays.copyOf(prefix, prefix.length + raw.length);
            System.arraycopy(raw, 0, whole, prefix.length, raw.length);
            records.add(whole, xattr.value());
        }
        return records;
    }

    private static void number(PaxRecords records, String key, long value) {
        if (value > TarHeader.SHORT_MAX) {
            records.add(key, Long.toString(value));
        }
    }

    private static void text(PaxRecords records, String key, @Nullable String value) {
        if (bytes(value).length >= TarHeader.OWNER) {
            records.add(key, bytes(value));
        }
    }

    /** Seconds and their fraction; before 1970 with a sign in front of the whole. */
    static String decimal(Timestamp time) {
        boolean negative = time.seconds() < 0;
        boolean borrow = negative && time.nanos() != 0;
        long whole = borrow ? time.seconds() + 1 : time.seconds();
        int nanos = borrow ? 1_000_000_000 - time.nanos() : time.nanos();
        String sign = negative && whole == 0 ? "-" : "";
        return sign + whole + (nanos == 0 ? "" : "." + String.format("%09d", nanos));
    }

    /** As Linux packs the two into one number. */
    private static long major(long device) {
        return (device >>> 8 & 0xfff) | (device >>> 32 & ~0xfffL);
    }

    private static long minor(long device) {
        return (device & 0xff) | (device >>> 12 & ~0xffL & 0xffff_ffffL);
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    private void header(TarHeader header) throws IOException {
        write(header.toBytes());
    }

    private void write(byte[] bytes) throws IOException {
        out.write(bytes);
        written += bytes.length;
    }

    private void pad(int unit) throws IOException {
        int over = (int) (written % unit);
        if (over > 0) {
            out.write(ZEROS, 0, unit - over);
            written += unit - over;
        }
    }

    @Override
    public void finish() throws IOException {
        out.write(ZEROS, 0, 2 * TarHeader.BLOCK);
        written += 2L * TarHeader.BLOCK;
        pad(RECORD);
        firstNames.clear();
    }
}
