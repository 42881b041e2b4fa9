package dev.nightjar.feed.watch;

import dev.nightjar.feed.OwnEvents;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.Capability;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NoSpaceException;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.ThisProcess;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private final Map<Long, WatcherChoice> byDevice = new LinkedHashMap<>();
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
    public void enable(WatcherChoice how) {
        choice = how;
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
        WatcherChoice known = byDevice.get(self.device());
        if (known != null) {
            return known;
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
        byDevice.put(self.device(), kind);
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
        return new LinkedHashMap<>(byDevice);
    }

    /** A filesystem was unmounted, or another is there: its mark must be set anew. */
    public synchronized void forget(long device) {
        byDevice.remove(device);
    }

    @Override
    public void close() {
        synchronized (this) {
            closed = true;
        }
        watchers().forEach(Watcher::close);
    }
}
