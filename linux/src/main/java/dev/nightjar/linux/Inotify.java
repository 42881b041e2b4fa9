package dev.nightjar.linux;

/**
 * inotify: one watch per directory, for any user. Watch descriptors count up and are never used twice; watching a directory
 * again gives the same one (inotify(7)).
 *
 * <p>Threads: watches may be added and removed by any thread; see {@link EventQueue} for reading.
 */
public final class Inotify implements EventQueue {
    /** A file was written to or truncated. */
    public static final int MODIFY = 0x2;
    /** Metadata changed. */
    public static final int ATTRIB = 0x4;
    /** A file that was open for writing was closed. */
    public static final int CLOSE_WRITE = 0x8;
    /** A name was moved away. */
    public static final int MOVED_FROM = 0x40;
    /** A name was moved here. */
    public static final int MOVED_TO = 0x80;
    /** A name was made. */
    public static final int CREATE = 0x100;
    /** A name was removed. */
    public static final int DELETE = 0x200;
    /** The watched directory itself was removed. */
    public static final int DELETE_SELF = 0x400;
    /** The watched directory itself was moved. */
    public static final int MOVE_SELF = 0x800;
    /** The file system was unmounted; the watch is gone. Always reported. */
    public static final int UNMOUNT = 0x2000;
    /** The queue was full and events were lost; the watch descriptor is -1. Always reported. */
    public static final int OVERFLOW = 0x4000;
    /** The watch is gone: removed, or what it watched is. Always reported. */
    public static final int IGNORED = 0x8000;
    /** The event is about a directory. Always reported. */
    public static final int IS_DIRECTORY = 0x40000000;

    static final int EXCLUDE_UNLINKED = 0x04000000;
    static final int ONLY_DIRECTORY = 0x01000000;
    static final int CLOEXEC = 0x80000;
    static final int NONBLOCK = 0x800;

    private final EventDescriptor events;

    private Inotify(EventDescriptor events) {
        this.events = events;
    }

    /** A queue without watches. EMFILE when this user has as many as fs.inotify.max_user_instances allows. */
    public static Inotify open() throws LinuxException {
        int fd = EventCalls.inotifyInit(Scratch.get(), CLOEXEC | NONBLOCK);
        if (fd < 0) {
            throw LinuxException.of("inotify_init1", "inotify", -fd);
        }
        return new Inotify(new EventDescriptor(fd, "inotify"));
    }

    /**
     * Watches a directory, wherever it is moved. Files in it that are open but unlinked are not reported.
     *
     * @param mask the kinds of event
     * @return the watch descriptor; the one it had, when it was watched already
     * @throws NoSpaceException when fs.inotify.max_user_watches is used up
     */
    public int addWatch(Directory directory, int mask) throws LinuxException {
        Scratch s = Scratch.get();
        int all = mask | EXCLUDE_UNLINKED | ONLY_DIRECTORY;
        int watch = EventCalls.inotifyAddWatch(s, events.fd(), s.procPath(directory.fd(), Name.of(".")), all);
        if (watch < 0) {
            throw LinuxException.of("inotify_add_watch", directory.describe(), -watch);
        }
        return watch;
    }

    /** Ends a watch; {@link #IGNORED} follows. Nothing happens when it is gone already. */
    public void removeWatch(int watch) throws LinuxException {
        int result = EventCalls.inotifyRemoveWatch(Scratch.get(), events.fd(), watch);
        if (result < 0 && result != -Errno.EINVAL) {
            throw LinuxException.of("inotify_rm_watch", "inotify watch " + watch, -result);
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
