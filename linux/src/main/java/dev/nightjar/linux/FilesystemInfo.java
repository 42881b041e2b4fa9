package dev.nightjar.linux;

/**
 * What {@code statfs} says about a file system.
 *
 * @param type its magic number (linux/magic.h), such as {@link #EXT4}
 * @param fsid the eight bytes that fanotify names it by, in memory order of this machine; stable over remounts on ext4 and
 *     btrfs, a device number on xfs, random on tmpfs, zero on FUSE
 * @param totalBytes its size
 * @param freeBytes what is free, the part kept for root included
 * @param availableBytes what is free to an ordinary user
 * @param readOnly whether it is mounted read-only here
 */
public record FilesystemInfo(
        long type, long fsid, long totalBytes, long freeBytes, long availableBytes, boolean readOnly) {
    /** ext2, ext3 and ext4. */
    public static final long EXT4 = 0xEF53;
    /** xfs. */
    public static final long XFS = 0x58465342;
    /** btrfs. */
    public static final long BTRFS = 0x9123683EL;
    /** tmpfs. */
    public static final long TMPFS = 0x01021994;
    /** overlayfs. */
    public static final long OVERLAYFS = 0x794c7630;
    /** FUSE. */
    public static final long FUSE = 0x65735546;
    /** NFS. */
    public static final long NFS = 0x6969;

    static FilesystemInfo of(int fd, Place place) throws LinuxException {
        Scratch s = Scratch.get();
        int result = HandleCalls.fstatfs(s, fd, s.struct);
        if (result < 0) {
            throw LinuxException.of("fstatfs", place.toString(), -result);
        }
        return StatfsLayout.decode(s.struct);
    }
}
