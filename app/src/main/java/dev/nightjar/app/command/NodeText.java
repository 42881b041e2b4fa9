package dev.nightjar.app.command;

import dev.nightjar.app.output.Console;
import dev.nightjar.app.output.Figures;
import dev.nightjar.app.output.JsonObject;
import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;

/** What is said of one entry of a snapshot: as ls shows it, and as JSON. */
final class NodeText {
    private NodeText() {}

    /** All that is known of a node, behind what {@code json} has already. */
    static JsonObject json(JsonObject json, Console console, Node node, BytePath path) {
        json.putPath("path", path.toArgument())
                .putPath("name", node.name().toArgument())
                .put("type", node.type().word());
        if (node.type() == NodeType.FILE) {
            json.put("size", node.size());
        }
        json.put("mode", node.permissions())
                .put("permissions", permissions(node))
                .put("uid", Integer.toUnsignedLong(node.uid()))
                .put("gid", Integer.toUnsignedLong(node.gid()));
        json.putIfKnown("user", node.user()).putIfKnown("group", node.group());
        json.put("mtime", Figures.rfc3339(node.mtime().toInstant(), console.zone()))
                .put("ctime", Figures.rfc3339(node.ctime().toInstant(), console.zone()))
                .put("inode", node.inode());
        byte[] target = node.linkTarget();
        return target == null ? json : json.putPath("linktarget", RawText.decode(target));
    }

    /** A line of a long listing, without the name. */
    static String line(Console console, Node node) {
        return permissions(node)
                + String.format(" %5d %5d ", node.uid(), node.gid())
                + String.format("%10s ", node.type() == NodeType.FILE ? Figures.size(node.size()) : "")
                + Figures.day(node.mtime().toInstant(), console.clock().instant(), console.zone());
    }

    private static String permissions(Node node) {
        char type = switch (node.type()) {
            case FILE -> '-';
            case DIRECTORY -> 'd';
            case SYMLINK -> 'l';
            case BLOCK_DEVICE -> 'b';
            case CHARACTER_DEVICE -> 'c';
            case FIFO -> 'p';
            case SOCKET -> 's';
            case IRREGULAR -> '?';
        };
        StringBuilder text = new StringBuilder().append(type);
        String letters = "rwxrwxrwx";
        for (int i = 0; i < letters.length(); i++) {
            text.append((node.permissions() >> (8 - i) & 1) == 1 ? letters.charAt(i) : '-');
        }
        special(text, 3, node.permissions() & 04000, 's');
        special(text, 6, node.permissions() & 02000, 's');
        special(text, 9, node.permissions() & 01000, 't');
        return text.toString();
    }

    private static void special(StringBuilder text, int at, int bit, char letter) {
        if (bit != 0) {
            text.setCharAt(at, text.charAt(at) == 'x' ? letter : Character.toUpperCase(letter));
        }
    }
}
