package dev.nightjar.repository.tree;

import dev.nightjar.linux.Name;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes one tree as restic does: the keys in its order, what is empty left out, names quoted, JSON escaped as Go escapes
 * it; a function of the nodes and of nothing else. Source: restic, internal/restic/node.go and tree.go (fields of Node);
 * the bytes were compared with restic 0.14. For one thread, for one tree.
 */
public final class TreeWriter {

    private static final byte[] START = ascii("{\"nodes\":[");
    private static final byte[] END = ascii("]}\n");
    private static final byte[] NAME = ascii("{\"name\":");
    private static final byte[] TYPE = ascii(",\"type\":\"");
    private static final byte[] MODE = ascii("\",\"mode\":");
    private static final byte[] MTIME = ascii(",\"mtime\":");
    private static final byte[] MTIME_AFTER_TYPE = ascii("\",\"mtime\":");
    private static final byte[] ATIME = ascii(",\"atime\":");
    private static final byte[] CTIME = ascii(",\"ctime\":");
    private static final byte[] UID = ascii(",\"uid\":");
    private static final byte[] GID = ascii(",\"gid\":");
    private static final byte[] USER = ascii(",\"user\":");
    private static final byte[] GROUP = ascii(",\"group\":");
    private static final byte[] INODE = ascii(",\"inode\":");
    private static final byte[] DEVICE_ID = ascii(",\"device_id\":");
    private static final byte[] SIZE = ascii(",\"size\":");
    private static final byte[] LINKS = ascii(",\"links\":");
    private static final byte[] LINK_TARGET = ascii(",\"linktarget\":");
    private static final byte[] LINK_TARGET_RAW = ascii(",\"linktarget_raw\":");
    private static final byte[] XATTRS = ascii(",\"extended_attributes\":[");
    private static final byte[] XATTR_NAME = ascii("{\"name\":");
    private static final byte[] XATTR_VALUE = ascii(",\"value\":");
    private static final byte[] DEVICE = ascii(",\"device\":");
    private static final byte[] CONTENT_NULL = ascii(",\"content\":null");
    private static final byte[] CONTENT = ascii(",\"content\":[");
    private static final byte[] SUBTREE = ascii(",\"subtree\":\"");
    private static final byte[] ERROR = ascii(",\"error\":");

    private final JsonSink out = new JsonSink();
    private @Nullable Name last;

    /** A writer of an empty tree. */
    public TreeWriter() {
        out.raw(START);
    }

    /**
     * Adds a node.
     *
     * @throws IllegalArgumentException if its name is not greater, byte by byte, than the one before: restic finds names
     *     by bisection, so such a tree would be damaged
     */
    public void add(Node node) {
        Name before = last;
        if (before != null) {
            if (node.name().compareTo(before) <= 0) {
                throw new IllegalArgumentException("node " + node.name() + " must not follow " + before);
            }
            out.raw(',');
        }
        last = node.name();
        write(node);
    }

    /** How many bytes were written so far. */
    public int size() {
        return out.length();
    }

    /** Ends the tree and returns its bytes, in an array. Nothing may be added after that. */
    public ByteBuffer finish() {
        out.raw(END);
        return out.written();
    }

    private void write(Node node) {
        out.raw(NAME);
        GoQuote.writeJson(node.name().bytes(), out);
        out.raw(TYPE);
        out.raw(node.type().word());
        long mode = GoFileMode.of(node.type(), node.permissions());
        if (mode == 0) {
            out.raw(MTIME_AFTER_TYPE);
        } else {
            out.raw(MODE);
            out.unsigned(mode);
            out.raw(MTIME);
        }
        GoTime.writeJson(node.mtime(), out);
        out.raw(ATIME);
        GoTime.writeJson(node.atime(), out);
        out.raw(CTIME);
        GoTime.writeJson(node.ctime(), out);
        out.raw(UID);
        out.unsigned(Integer.toUnsignedLong(node.uid()));
        out.raw(GID);
        out.unsigned(Integer.toUnsignedLong(node.gid()));
        text(USER, node.user());
        text(GROUP, node.group());
        number(INODE, node.inode());
        number(DEVICE_ID, node.deviceId());
        number(SIZE, node.size());
        number(LINKS, node.links());
        writeLinkTarget(node.linkTarget());
        writeXattrs(node.xattrs());
        number(DEVICE, node.device());
        writeContent(node.content());
        if (node.subtree() != null) {
            out.raw(SUBTREE);
            out.hex(node.subtree().bytes());
            out.raw('"');
        }
        text(ERROR, node.error());
        out.raw('}');
    }

    private void writeLinkTarget(byte @Nullable [] target) {
        if (target == null || target.length == 0) {
            return;
        }
        out.raw(LINK_TARGET);
        out.string(target);
        if (!Runes.isUtf8(target)) {
            out.raw(LINK_TARGET_RAW);
            out.base64(target);
        }
    }

    private void writeXattrs(List<Xattr> xattrs) {
        if (xattrs.isEmpty()) {
            return;
        }
        out.raw(XATTRS);
        for (int i = 0; i < xattrs.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw(XATTR_NAME);
            out.string(xattrs.get(i).name());
            out.raw(XATTR_VALUE);
            out.base64(xattrs.get(i).value());
            out.raw('}');
        }
        out.raw(']');
    }

    private void writeContent(@Nullable List<Id> content) {
        if (content == null) {
            out.raw(CONTENT_NULL);
            return;
        }
        out.raw(CONTENT);
        for (int i = 0; i < content.size(); i++) {
            if (i > 0) {
                out.raw(',');
            }
            out.raw('"');
            out.hex(content.get(i).bytes());
            out.raw('"');
        }
        out.raw(']');
    }

    private void number(byte[] key, long value) {
        if (value != 0) {
            out.raw(key);
            out.unsigned(value);
        }
    }

    private void text(byte[] key, @Nullable String value) {
        if (value != null && !value.isEmpty()) {
            out.raw(key);
            out.string(value);
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
