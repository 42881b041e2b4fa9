package dev.nightjar.feed.catalog;

import dev.nightjar.linux.Xattr;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What few entries have: the target of a symbolic link, and extended attributes. */
record Extra(byte @Nullable [] linkTarget, List<Xattr> xattrs) {
    static final Extra NONE = new Extra(null, List.of());
    private static final int FORMAT = 1;

    /** The column's value; null when there is nothing. */
    static byte @Nullable [] encode(byte @Nullable [] linkTarget, List<Xattr> xattrs) {
        if (linkTarget == null && xattrs.isEmpty()) {
            return null;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        try {
            out.writeByte(FORMAT);
            out.writeInt(linkTarget == null ? -1 : linkTarget.length);
            if (linkTarget != null) {
                out.write(linkTarget);
            }
            out.writeInt(xattrs.size());
            for (Xattr xattr : xattrs) {
                out.writeUTF(xattr.name());
                out.writeInt(xattr.value().length);
                out.write(xattr.value());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    static Extra decode(byte @Nullable [] column) {
        if (column == null) {
            return NONE;
        }
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(column));
        try {
            if (in.readByte() != FORMAT) {
                throw new IOException("an extra of a format that is not known");
            }
            int length = in.readInt();
            byte[] target = length < 0 ? null : in.readNBytes(length);
            int count = in.readInt();
            List<Xattr> xattrs = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                String name = in.readUTF();
                xattrs.add(new Xattr(name, in.readNBytes(in.readInt())));
            }
            return new Extra(target, List.copyOf(xattrs));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
