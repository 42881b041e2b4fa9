package dev.nightjar.linux;

/**
 * What {@code statx} says about a file.
 *
 * @param device the device of its file system, as {@code makedev} packs it
 * @param mode type and permission bits
 * @param rdev for a device node, its device, as {@code makedev} packs it
 * @param size bytes; for a symbolic link the length of its target
 * @param blocks space taken, in units of 512 bytes
 * @param mountId the mount it was seen through, as in {@code /proc/self/mountinfo}; 0 when the kernel is older than 5.8
 */
public record Stat(
        long device,
        long inode,
        int mode,
        int links,
        int uid,
        int gid,
        long rdev,
        long size,
        Timestamp mtime,
        Timestamp ctime,
        Timestamp atime,
        long blocks,
        long mountId) {
    /** A device number as glibc's {@code makedev} packs it. */
    public static long device(int major, int minor) {
        return ((major & 0xfffff000L) << 32)
                | ((major & 0xfffL) << 8)
                | ((minor & 0xffffff00L) << 12)
                | (minor & 0xffL);
    }

    /** The kind of file. */
    public FileType type() {
        return FileType.of(mode);
    }

    /** The permission bits with setuid, setgid and sticky: {@code mode & 07777}. */
    public int permissions() {
        return mode & 07777;
    }
}
