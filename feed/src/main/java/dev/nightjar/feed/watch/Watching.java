package dev.nightjar.feed.watch;

import dev.nightjar.feed.OwnEvents;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.Capability;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Mount;
import dev.nightjar.linux.Mounts;
import dev.nightjar.linux.NoSpaceException;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.ThisProcess;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Chooses a watcher for each filesystem, and makes sure that a directory is watched before it is listed (C4). Any thread. */
public final class Watching implements AutoCloseable {
    /**
     * A directory that may be listed now.
     *
     * @param watch its inotify watch, -1 if it needs none
     * @param unwatchable why it has none though it should, else null
     */
    public record Prepared(int watch, @Nullable String unwatchable) {}

    private static final Prepared NOTHING_TO_DO = new Prepared(-1, null);

    private volatile @Nullable WatcherChoice choice;
    private final EventSink sink;
    private final Watcher.Reading reading;
    private final OwnEvents ownEvents;
    /** How a filesystem is watched, and its device as the kernel lists the mark's, which on btrfs is not that of stat. */
    private record Watched(WatcherChoice kind, long markedDevice) {}

    private final Map<Long, Watched> byDevice = new LinkedHashMap<>();
    private @Nullable MountWatcher mounts;
    private volatile @Nullable InotifyWatcher inotify;
    private volatile @Nullable FanotifyWatcher fanotify;
    private boolean closed;

    /** Nothing is watched until it is enabled. */
    public Watching(EventSink sink, Watcher.Reading reading, OwnEvents ownEvents) {
        this.sink = sink;
        this.reading = reading;
        this.ownEvents = ownEvents;
    }

    /** What is prepared from now on is watched. */
    public synchronized void enable(WatcherChoice how) throws LinuxException {
        choice = how;
        mounts = MountWatcher.start(sink);
    }

    /** Sees to it that events about names in this directory are queued from now on. */
    public Prepared prepare(Directory directory, Stat self) throws LinuxException {
        if (choice == null || kind(directory, self) == WatcherChoice.FANOTIFY) {
            return NOTHING_TO_DO;
        }
        try {
            return new Prepared(inotify().watch(directory), null);
        } catch (NoSpaceException e) {
            return new Prepared(-1, "the limit fs.inotify.max_user_watches is used up");
        }
    }

    private synchronized WatcherChoice kind(Directory directory, Stat self) throws LinuxException {
        Watched known = byDevice.get(self.device());
        if (known != null) {
            return known.kind();
        }
        WatcherChoice kind = WatcherChoice.INOTIFY;
        if (choice == WatcherChoice.FANOTIFY || (choice == WatcherChoice.AUTO && mayUseFanotify())) {
            try {
                mark(directory);
                kind = WatcherChoice.FANOTIFY;
            } catch (LinuxException e) {
                if (choice == WatcherChoice.FANOTIFY) {
                    throw e;
                }
            }
        }
        Mount mount = kind == WatcherChoice.FANOTIFY ? Mounts.read().byId(self.mountId()) : null;
        byDevice.put(self.device(), new Watched(kind, mount == null ? self.device() : mount.device()));
        return kind;
    }

    private static boolean mayUseFanotify() throws LinuxException {
        return ThisProcess.hasCapability(Capability.SYS_ADMIN) && ThisProcess.hasCapability(Capability.DAC_READ_SEARCH);
    }

    /** Marks, and proves that what events will name can be opened: overlayfs gives handles that are stale at once. */
    private void mark(Directory directory) throws LinuxException {
        Directory.open(directory.selfHandle(), directory).close();
        FanotifyWatcher watcher = fanotify;
        if (watcher == null) {
            watcher = FanotifyWatcher.open(sink, reading, ownEvents);
            watcher.start();
            fanotify = watcher;
        }
        watcher.mark(directory);
    }

    private synchronized InotifyWatcher inotify() throws LinuxException {
        InotifyWatcher watcher = inotify;
        if (watcher == null) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            watcher = InotifyWatcher.open(sink, reading);
            watcher.start();
            inotify = watcher;
        }
        return watcher;
    }

    /** Ends an inotify watch. */
    public void unwatch(int watch) throws LinuxException {
        InotifyWatcher watcher = inotify;
        if (watcher != null) {
            watcher.unwatch(watch);
        }
    }

    /** The watchers there are. */
    public List<Watcher> watchers() {
        List<Watcher> all = new ArrayList<>();
        InotifyWatcher one = inotify;
        FanotifyWatcher other = fanotify;
        if (one != null) {
            all.add(one);
        }
        if (other != null) {
            all.add(other);
        }
        return all;
    }

    /** Events decoded so far. */
    public long eventsRead() {
        return watchers().stream().mapToLong(Watcher::eventsRead).sum();
    }

    /** How the filesystem of a device number is watched, or null if it is not. */
    public synchronized Map<Long, WatcherChoice> kinds() {
        Map<Long, WatcherChoice> kinds = new LinkedHashMap<>();
        byDevice.forEach((device, watched) -> kinds.put(device, watched.kind()));
        return kinds;
    }

    /**
     * The filesystems, by device number, whose mark is gone: an unmount takes it away without a word. They are marked again
     * by the next {@link #prepare}.
     */
    public synchronized Set<Long> lostMarks() throws LinuxException {
        FanotifyWatcher watcher = fanotify;
        if (watcher == null) {
            return Set.of();
        }
        Set<Long> marked = watcher.marked();
        Set<Long> lost = new HashSet<>();
        byDevice.forEach((device, watched) -> {
            if (watched.kind() == WatcherChoice.FANOTIFY && !marked.contains(watched.markedDevice())) {
                lost.add(device);
            }
        });
        byDevice.keySet().removeAll(lost);
        return lost;
    }

    @Override
    public void close() {
        MountWatcher heard;
        synchronized (this) {
            closed = true;
            heard = mounts;
        }
        if (heard != null) {
            heard.close();
        }
        watchers().forEach(Watcher::close);
    }
}
