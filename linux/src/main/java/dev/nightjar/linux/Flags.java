package dev.nightjar.linux;

/** Constants of the kernel's interface (fcntl.h, linux/stat.h, linux/openat2.h). */
final class Flags {
    static final int AT_FDCWD = -100;
    static final int AT_SYMLINK_NOFOLLOW = 0x100;
    static final int AT_REMOVEDIR = 0x200;
    static final int AT_SYMLINK_FOLLOW = 0x400;
    static final int AT_NO_AUTOMOUNT = 0x800;
    static final int AT_EMPTY_PATH = 0x1000;

    static final int O_RDONLY = 0;
    static final int O_RDWR = 2;
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;
    static final int O_NONBLOCK = 0x800;
    static final int O_NOATIME = 0x40000;
    static final int O_CLOEXEC = 0x80000;
    static final int O_PATH = 0x200000;
    static final int O_DIRECTORY = Architecture.current().oDirectory;
    static final int O_TMPFILE = 0x400000 | O_DIRECTORY;
    static final int O_NOFOLLOW = Architecture.current().oNoFollow;

    static final int LOCK_EX = 2;
    static final int LOCK_NB = 4;

    static final int RENAME_NOREPLACE = 1;
    static final int RENAME_EXCHANGE = 2;

    static final long RESOLVE_NO_MAGICLINKS = 0x02;
    static final long RESOLVE_NO_SYMLINKS = 0x04;
    static final long RESOLVE_BENEATH = 0x08;

    static final int STATX_BASIC_STATS = 0x7ff;
    static final int STATX_MNT_ID = 0x1000;

    /** The kernel's limits (linux/limits.h), the ending NUL counted. */
    static final int PATH_MAX = 4096;

    private Flags() {}
}
