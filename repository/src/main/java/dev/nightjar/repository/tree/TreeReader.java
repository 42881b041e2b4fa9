package dev.nightjar.repository.tree;

import dev.nightjar.linux.Name;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the nodes of a tree one by one, those of restic, of rustic and ours. Keys it does not know are passed over.
 * Whatever the bytes are, only {@link CorruptException} comes out.
 *
 * <p>A node whose name no directory can hold (empty, with a slash or NUL, "." or "..") is not returned: it is put aside in
 * {@link #refused()}, and the others of its directory are still read. For one thread.
 */
public final class TreeReader {

    private static final byte[] NODES = "nodes".getBytes(StandardCharsets.US_ASCII);
    private static final Timestamp UNKNOWN_TIME = new Timestamp(0, 0);

    private final JsonScanner json;
    private final List<String> refused = new ArrayList<>();
    private @Nullable String lastUser;
    private @Nullable String lastGroup;
    private State state = State.BEFORE;
    private int start;
    private int end;
    private int subtreeAt;

    private enum State {
        BEFORE,
        FIRST,
        INSIDE,
        AFTER
    }

    /** A reader of a tree's plain bytes, which must not change meanwhile. */
    public TreeReader(byte[] tree) {
        this.json = new JsonScanner(tree);
    }

    /** The names that were refused so far, as people may read them. */
    public List<String> refused() {
        return List.copyOf(refused);
    }

    /** Where the node that was returned last begins in the tree's bytes: at its brace. */
    public int start() {
        return start;
    }

    /** Where the node that was returned last ends: behind its brace. */
    public int end() {
        return end;
    }

    /** Where the 64 digits of the subtree of the node that was returned last begin; meaningless if it has none. */
    public int subtreeAt() {
        return subtreeAt;
    }

    /** The next node, or null after the last; then all of the tree was seen to be well-formed. */
    public @Nullable Node next() throws CorruptException {
        if (state == State.BEFORE) {
            json.expect('{');
            state = skipToNodes(true) ? State.FIRST : State.AFTER;
        }
        while (state != State.AFTER) {
            if (!json.element(state == State.FIRST)) {
                state = State.AFTER;
                if (skipToNodes(false)) {
                    throw json.corrupt("two lists of nodes");
                }
                break;
            }
            state = State.INSIDE;
            Node node = readNode();
            if (node != null) {
                return node;
            }
        }
        return null;
    }

    /** Stops inside the list of nodes; false if the object ended instead. */
    private boolean skipToNodes(boolean first) throws CorruptException {
        boolean firstKey = first;
        for (byte[] key; (key = json.key(firstKey)) != null; firstKey = false) {
            if (!Arrays.equals(key, NODES)) {
                json.skip();
            } else if (!json.acceptNull()) {
                json.expect('[');
                return true;
            }
        }
        json.expectEnd();
        return false;
    }

    private @Nullable Node readNode() throws CorruptException {
        json.peek();
        start = json.position();
        json.expect('{');
        Fields fields = new Fields();
        boolean first = true;
        for (byte[] key; (key = json.key(first)) != null; first = false) {
            readField(new String(key, StandardCharsets.ISO_8859_1), fields);
        }
        end = json.position();
        byte[] name = GoQuote.unquote(fields.name);
        if (name == null) {
            throw json.corrupt("a name has an unknown escape");
        }
        if (!isName(name)) {
            refused.add(new String(name, StandardCharsets.UTF_8));
            return null;
        }
        return fields.node(Name.of(name));
    }

    private static boolean isName(byte[] name) {
        boolean dots = name.length <= 2 && (name.length == 0 || (name[0] == '.' && name[name.length - 1] == '.'));
        if (dots) {
            return false;
        }
        for (byte b : name) {
            if (b == 0 || b == '/') {
                return false;
            }
        }
        return true;
    }

    private void readField(String key, Fields fields) throws CorruptException {
        if (json.acceptNull()) {
            return;
        }
        switch (key) {
            case "name" -> fields.name = json.string();
            case "type" -> fields.type = NodeType.ofWord(json.string());
            case "mode" -> fields.permissions = GoFileMode.permissions(json.unsigned());
            case "mtime" -> fields.mtime = time();
            case "atime" -> fields.atime = time();
            case "ctime" -> fields.ctime = time();
            case "uid" -> fields.uid = owner();
            case "gid" -> fields.gid = owner();
            case "user" -> lastUser = fields.user = text(lastUser);
            case "group" -> lastGroup = fields.group = text(lastGroup);
            case "inode" -> fields.inode = json.unsigned();
            case "device_id" -> fields.deviceId = json.unsigned();
            case "size" -> fields.size = json.unsigned();
            case "links" -> fields.links = json.unsigned();
            case "linktarget" -> fields.linkTarget = json.string();
            case "linktarget_raw" -> fields.rawLinkTarget = base64();
            case "extended_attributes" -> fields.xattrs = xattrs();
            case "device" -> fields.device = json.unsigned();
            case "content" -> fields.content = content();
            case "subtree" -> {
                json.peek();
                subtreeAt = json.position() + 1;
                fields.subtree = id();
            }
            case "error" -> fields.error = new String(json.string(), StandardCharsets.UTF_8);
            default -> json.skip();
        }
    }

    private Timestamp time() throws CorruptException {
        Timestamp time = GoTime.parse(json.string());
        if (time == null) {
            throw json.corrupt("not a time");
        }
        return time;
    }

    private int owner() throws CorruptException {
        long id = json.unsigned();
        if (id < 0 || id > 0xffff_ffffL) {
            throw json.corrupt("not an owner");
        }
        return (int) id;
    }

    /** The same string again if it is the same text: most nodes of a tree have one owner. */
    private String text(@Nullable String last) throws CorruptException {
        String text = new String(json.string(), StandardCharsets.UTF_8);
        return last != null && last.equals(text) ? last : text;
    }

    private byte[] base64() throws CorruptException {
        try {
            return Base64.getDecoder().decode(json.string());
        } catch (IllegalArgumentException e) {
            throw new CorruptException("a tree is not what restic writes", "not base64", e);
        }
    }

    private List<Xattr> xattrs() throws CorruptException {
        List<Xattr> xattrs = new ArrayList<>();
        json.expect('[');
        for (boolean first = true; json.element(first); first = false) {
            json.expect('{');
            String name = "";
            byte[] value = new byte[0];
            boolean firstKey = true;
            for (byte[] key; (key = json.key(firstKey)) != null; firstKey = false) {
                switch (new String(key, StandardCharsets.ISO_8859_1)) {
                    case "name" -> name = new String(json.string(), StandardCharsets.UTF_8);
                    case "value" -> value = json.acceptNull() ? value : base64();
                    default -> json.skip();
                }
            }
            xattrs.add(new Xattr(name, value));
        }
        return xattrs;
    }

    private List<Id> content() throws CorruptException {
        List<Id> ids = new ArrayList<>();
        json.expect('[');
        for (boolean first = true; json.element(first); first = false) {
            ids.add(id());
        }
        return ids;
    }

    private Id id() throws CorruptException {
        Id id = Id.parseOrNull(new String(json.string(), StandardCharsets.ISO_8859_1));
        if (id == null) {
            throw json.corrupt("not an id");
        }
        return id;
    }

    /** A node as far as it was read. */
    private static final class Fields {
        byte[] name = new byte[0];
        NodeType type = NodeType.IRREGULAR;
        int permissions;
        Timestamp mtime = UNKNOWN_TIME;
        Timestamp atime = UNKNOWN_TIME;
        Timestamp ctime = UNKNOWN_TIME;
        int uid;
        int gid;

        @Nullable
        String user;

        @Nullable
        String group;

        long inode;
        long deviceId;
        long size;
        long links;
        byte @Nullable [] linkTarget;
        byte @Nullable [] rawLinkTarget;
        List<Xattr> xattrs = List.of();
        long device;

        @Nullable
        List<Id> content;

        @Nullable
        Id subtree;

        @Nullable
        String error;

        Node node(Name called) {
            return new Node(
                    called,
                    type,
                    permissions,
                    mtime,
                    atime,
                    ctime,
                    uid,
                    gid,
                    user,
                    group,
                    inode,
                    deviceId,
                    size,
                    links,
                    rawLinkTarget == null ? linkTarget : rawLinkTarget,
                    xattrs,
                    device,
                    content,
                    subtree,
                    error);
        }
    }
}
