package dev.nightjar.repository.restore;

import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Stat;
import dev.nightjar.repository.tree.Node;
import dev.nightjar.repository.tree.NodeType;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What to do about an entry of the destination that has the name of one to be restored. */
enum Existing {
    /** Nothing is there. */
    ABSENT,
    /** It stays. */
    KEEP,
    /** It is as in the snapshot; its metadata is set. */
    SAME,
    /** It is replaced. */
    REPLACE,
    /** A directory is there, and stays. */
    IN_THE_WAY;

    /** Judges a node that is no directory. */
    static Existing judge(Directory directory, Node node, Overwrite overwrite) throws LinuxException {
        @Nullable Stat there = directory.statOrNull(node.name());
        if (there == null) {
            return ABSENT;
        }
        if (overwrite == Overwrite.NEVER) {
            return KEEP;
        }
        boolean later = node.mtime().compareTo(there.mtime()) > 0;
        if (overwrite == Overwrite.IF_NEWER && !later) {
            return KEEP;
        }
        if (overwrite == Overwrite.IF_CHANGED && isSame(directory, node, there)) {
            return SAME;
        }
        return there.type() == FileType.DIRECTORY ? IN_THE_WAY : REPLACE;
    }

    /** Whether what is there has the type, size and time, or target, that the snapshot has. */
    static boolean isSame(Directory directory, Node node) throws LinuxException {
        @Nullable Stat there = directory.statOrNull(node.name());
        return there != null && isSame(directory, node, there);
    }

    private static boolean isSame(Directory directory, Node node, Stat there) throws LinuxException {
        if (NodeType.of(there.type()) != node.type()) {
            return false;
        }
        return switch (node.type()) {
            case FILE -> there.size() == node.size() && there.mtime().equals(node.mtime());
            case SYMLINK -> Arrays.equals(directory.readLink(node.name()), node.linkTarget());
            case BLOCK_DEVICE, CHARACTER_DEVICE -> there.rdev() == node.device();
            case FIFO, SOCKET -> true;
            case DIRECTORY, IRREGULAR -> false;
        };
    }
}
