package dev.nightjar.engine;

import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.linux.FileType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.tree.Node;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes restic's node of a line: a pure function of catalog and ledger (C10). */
final class NodeMaker {
    private final ChangeFeed feed;
    private final Map<Integer, String> users = new HashMap<>();
    private final Map<Integer, String> groups = new HashMap<>();

    NodeMaker(ChangeFeed feed) {
        this.feed = feed;
    }

    /** The node of a line; {@code subtree} is that of a directory. */
    Node of(Line line, @Nullable Id subtree) throws IOException {
        Entry entry = line.entry();
        return Node.of(
                entry.name(),
                line.stat(),
                user(entry.uid()),
                group(entry.gid()),
                entry.linkTarget(),
                entry.xattrs(),
                entry.type() == FileType.FILE ? line.blobs() : null,
                subtree);
    }

    /** The user's name, empty if it has none. */
    String user(int uid) throws IOException {
        String known = users.get(uid);
        if (known == null) {
            String name = feed.read(reader -> reader.userName(uid));
            known = name == null ? "" : name;
            users.put(uid, known);
        }
        return known;
    }

    /** The group's name, empty if it has none. */
    String group(int gid) throws IOException {
        String known = groups.get(gid);
        if (known == null) {
            String name = feed.read(reader -> reader.groupName(gid));
            known = name == null ? "" : name;
            groups.put(gid, known);
        }
        return known;
    }
}
