package dev.nightjar.feed.watch;

import dev.nightjar.feed.OwnEvents;
import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.EntryHandle;
import dev.nightjar.linux.EventBuffer;
import dev.nightjar.linux.Fanotify;
import dev.nightjar.linux.FanotifyEvents;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.ThisProcess;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One mark per filesystem. Marks may be added by any thread. */
public final class FanotifyWatcher extends Watcher {
    private static final long MASK = Fanotify.MODIFY
            | Fanotify.ATTRIB
            | Fanotify.CLOSE_WRITE
            | Fanotify.CREATE
            | Fanotify.DELETE
            | Fanotify.DELETE_SELF
            | Fanotify.MOVE_SELF
            | Fanotify.RENAME
            | Fanotify.ON_DIRECTORY;

    private final Fanotify fanotify;
    private final int droppedPid;

    private FanotifyWatcher(Fanotify fanotify, EventSink sink, Reading reading, OwnEvents ownEvents) {
        super("fanotify", fanotify, sink, reading);
        this.fanotify = fanotify;
        this.droppedPid = ownEvents == OwnEvents.DROP ? ThisProcess.pid() : -1;
    }

    /** A watcher without marks, not yet started. */
    public static FanotifyWatcher open(EventSink sink, Reading reading, OwnEvents ownEvents) throws LinuxException {
        return new FanotifyWatcher(Fanotify.open(), sink, reading, ownEvents);
    }

    /** Marks the filesystem that a directory is on. */
    public void mark(Directory anyOnIt) throws LinuxException {
        fanotify.markFilesystem(anyOnIt, MASK);
    }

    /** The devices of the filesystems that are marked now, as {@code Mount.device} has them. */
    Set<Long> marked() throws LinuxException {
        return fanotify.markedDevices();
    }

    @Override
    public WatcherChoice kind() {
        return WatcherChoice.FANOTIFY;
    }

    @Override
    boolean countsEvents() {
        return true;
    }

    @Override
    Decoded decode(EventBuffer buffer) {
        FanotifyEvents events = new FanotifyEvents(buffer);
        List<Event> decoded = new ArrayList<>();
        boolean overflow = false;
        int count = 0;
        while (events.next()) {
            count++;
            if (events.isOverflow()) {
                overflow = true;
            } else if (events.pid() != droppedPid) {
                Event event = decode(events);
                if (event == null) {
                    overflow = true; // it happened to something the kernel could not name
                } else {
                    decoded.add(event);
                }
            }
        }
        return new Decoded(decoded, overflow, count);
    }

    private static @Nullable Event decode(FanotifyEvents events) {
        long fsid = events.fsid();
        int bits = bits(events.mask());
        EntryHandle old = events.oldEntry();
        EntryHandle moved = events.newEntry();
        EntryHandle entry = events.entry();
        if (old != null || moved != null) {
            return new Event(
                    place(fsid, old),
                    name(old),
                    bits | Bits.MOVED_FROM,
                    fsid,
                    events.target(),
                    place(fsid, moved),
                    name(moved));
        }
        if (entry == null && events.target() == null) {
            return null;
        }
        return new Event(place(fsid, entry), name(entry), bits, fsid, events.target(), null, null);
    }

    private static @Nullable Place place(long fsid, @Nullable EntryHandle entry) {
        return entry == null ? null : new Place.ByHandle(fsid, entry.directory());
    }

    private static @Nullable Name name(@Nullable EntryHandle entry) {
        return entry == null || entry.isSelf() ? null : entry.name();
    }

    private static int bits(long mask) {
        int bits = 0;
        if ((mask & (Fanotify.MODIFY | Fanotify.CLOSE_WRITE | Fanotify.CREATE)) != 0) {
            bits |= Bits.CONTENT;
        }
        if ((mask & Fanotify.ATTRIB) != 0) {
            bits |= Bits.METADATA;
        }
        if ((mask & Fanotify.DELETE) != 0) {
            bits |= Bits.DELETED;
        }
        return bits;
    }
}
