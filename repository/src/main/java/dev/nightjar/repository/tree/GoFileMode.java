package dev.nightjar.repository.tree;

/**
 * The mode of a node is Go's fs.FileMode: the nine permission bits as Linux has them, and all else in other places.
 * Source: Go, io/fs FileMode; the values were compared with restic 0.14.
 */
final class GoFileMode {

    private static final long DIRECTORY = 1L << 31;
    private static final long SYMLINK = 1L << 27;
    private static final long DEVICE = 1L << 26;
    private static final long FIFO = 1L << 25;
    private static final long SOCKET = 1L << 24;
    private static final long SETUID = 1L << 23;
    private static final long SETGID = 1L << 22;
    private static final long CHARACTER_DEVICE = 1L << 21;
    private static final long STICKY = 1L << 20;
    private static final long IRREGULAR = 1L << 19;

    private GoFileMode() {}

    /** Go's mode of a node of this type with these permissions (the low twelve bits of st_mode). */
    static long of(NodeType type, int permissions) {
        long mode = permissions & 0777L;
        mode |= (permissions & 04000) != 0 ? SETUID : 0;
        mode |= (permissions & 02000) != 0 ? SETGID : 0;
        mode |= (permissions & 01000) != 0 ? STICKY : 0;
        return mode
                | switch (type) {
                    case FILE -> 0;
                    case DIRECTORY -> DIRECTORY;
                    case SYMLINK -> SYMLINK;
                    case BLOCK_DEVICE -> DEVICE;
                    case CHARACTER_DEVICE -> DEVICE | CHARACTER_DEVICE;
                    case FIFO -> FIFO;
                    case SOCKET -> SOCKET;
                    case IRREGULAR -> IRREGULAR;
                };
    }

    /** The low twelve bits of st_mode in Go's mode. */
    static int permissions(long mode) {
        int permissions = (int) (mode & 0777);
        permissions |= (mode & SETUID) != 0 ? 04000 : 0;
        permissions |= (mode & SETGID) != 0 ? 02000 : 0;
        permissions |= (mode & STICKY) != 0 ? 01000 : 0;
        return permissions;
    }
}
