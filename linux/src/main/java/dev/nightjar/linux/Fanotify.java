package dev.nightjar.linux;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * fanotify: one mark for a whole file system, reported by directory handle, name, and the file's own handle
 * (FAN_REPORT_DFID_NAME_TARGET). Needs CAP_SYS_ADMIN, and CAP_DAC_READ_SEARCH to open the handles. Queue and marks are
 * without limit (fanotify(7)).
 *
 * <p>A mark vanishes without an event when its file system is unmounted.
 *
 * <p>Threads: marks may be added and removed by any thread; see {@link EventQueue} for reading.
 */
public final class Fanotify implements EventQueue {
    /** A file was written to or truncated. */
    public static final long MODIFY = 0x2;
    /** Metadata changed. */
    public static final long ATTRIB = 0x4;
    /** A file that was open for writing was closed. */
    public static final long CLOSE_WRITE = 0x8;
    /** A name was moved away. */
    public static final long MOVED_FROM = 0x40;
    /** A name was moved here. */
    public static final long MOVED_TO = 0x80;
    /** A name was made. */
    public static final long CREATE = 0x100;
    /** A name was removed. */
    public static final long DELETE = 0x200;
    /** A file is gone with its last name and use. */
    public static final long DELETE_SELF = 0x400;
    /** A file was moved. */
    public static final long MOVE_SELF = 0x800;
    /** The queue was full and events were lost. Always reported. */
    public static final long OVERFLOW = 0x4000;
    /** A rename, with both directories and names. */
    public static final long RENAME = 0x10000000;
    /** In a mark: events about directories too. In an event: it is about a directory. */
    public static final long ON_DIRECTORY = 0x40000000;

    private static final int CLOEXEC = 0x1;
    private static final int NONBLOCK = 0x2;
    private static final int UNLIMITED_QUEUE = 0x10;
    private static final int UNLIMITED_MARKS = 0x20;
    private static final int REPORT_FID = 0x200;
    private static final int REPORT_DIR_FID = 0x400;
    private static final int REPORT_NAME = 0x800;
    private static final int REPORT_TARGET_FID = 0x1000;
    static final int INIT = CLOEXEC
            | NONBLOCK
            | UNLIMITED_QUEUE
            | UNLIMITED_MARKS
            | REPORT_FID
            | REPORT_DIR_FID
            | REPORT_NAME
            | REPORT_TARGET_FID;

    static final int MARK_ADD = 0x1;
    static final int MARK_REMOVE = 0x2;
    static final int MARK_FILESYSTEM = 0x100;

    private static final String FILESYSTEM_MARK = "fanotify sdev:";

    private final EventDescriptor events;

    private Fanotify(EventDescriptor events) {
        this.events = events;
    }

    /** A queue without marks. {@link DeniedException} without CAP_SYS_ADMIN; EINVAL when Linux is older than 5.17. */
    public static Fanotify open() throws LinuxException {
        int fd = EventCalls.fanotifyInit(Scratch.get(), INIT, Flags.O_RDONLY | Flags.O_CLOEXEC);
        if (fd < 0) {
            throw LinuxException.of("fanotify_init", "fanotify", -fd);
        }
        return new Fanotify(new EventDescriptor(fd, "fanotify"));
    }

    /**
     * Marks the whole file system that a directory is on, adding to what is marked already.
     *
     * @throws LinuxException EXDEV in a btrfs subvolume, EOPNOTSUPP on overlayfs, ENODEV on FUSE: these cannot be marked
     */
    public void markFilesystem(Directory anyOnIt, long mask) throws LinuxException {
        mark(MARK_ADD | MARK_FILESYSTEM, anyOnIt, mask);
    }

    /**
     * Takes kinds of event out of a file system's mark; the mark ends when none is left.
     *
     * @throws NotFoundException when there is no such mark, so this also tells whether there was one
     */
    public void unmarkFilesystem(Directory anyOnIt, long mask) throws LinuxException {
        mark(MARK_REMOVE | MARK_FILESYSTEM, anyOnIt, mask);
    }

    /**
     * The devices of the file systems that are marked now, as in {@link Mount#device} ({@code /proc/self/fdinfo}). An unmount
     * takes a mark away without a word, and a file system mounted anew at the same place has none.
     */
    public Set<Long> markedDevices() throws LinuxException {
        byte[] info = ProcFile.read("/proc/self/fdinfo/" + events.fd());
        return markedDevices(new String(info, StandardCharsets.ISO_8859_1));
    }

    /** Lines "fanotify sdev:DEVICE ..." are file systems; the number is the kernel's own, with 20 bits of minor. */
    static Set<Long> markedDevices(String fdinfo) {
        Set<Long> devices = new HashSet<>();
        for (String line : fdinfo.split("\n")) {
            if (line.startsWith(FILESYSTEM_MARK)) {
                int end = line.indexOf(' ', FILESYSTEM_MARK.length());
                int device = Integer.parseUnsignedInt(line, FILESYSTEM_MARK.length(), end, 16);
                devices.add(Stat.device(device >>> 20, device & 0xfffff));
            }
        }
        return devices;
    }

    private void mark(int flags, Directory directory, long mask) throws LinuxException {
        int result = EventCalls.fanotifyMark(Scratch.get(), events.fd(), flags, mask, directory.fd());
        if (result < 0) {
            throw LinuxException.of("fanotify_mark", directory.describe(), -result);
        }
    }

    @Override
    public boolean await(long timeoutMillis) throws LinuxException {
        return events.waiter().await(timeoutMillis);
    }

    @Override
    public boolean pause(long timeoutMillis) throws LinuxException {
        return events.waiter().pause(timeoutMillis);
    }

    @Override
    public int read(EventBuffer into) throws LinuxException {
        return events.read(into);
    }

    @Override
    public int queued() throws LinuxException {
        return events.queued();
    }

    @Override
    public void wake() {
        events.waiter().wake();
    }

    @Override
    public void close() {
        events.close();
    }
}
