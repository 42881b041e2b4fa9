package dev.nightjar.feed.watch;

import dev.nightjar.feed.WatcherChoice;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.EventBuffer;
import dev.nightjar.linux.Inotify;
import dev.nightjar.linux.InotifyEvents;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One watch per directory. Watches may be added and removed by any thread. */
public final class InotifyWatcher extends Watcher {
    private static final int MASK = Inotify.MODIFY
            | Inotify.ATTRIB
            | Inotify.CLOSE_WRITE
            | Inotify.MOVED_FROM
            | Inotify.MOVED_TO
            | Inotify.CREATE
            | Inotify.DELETE
            | Inotify.DELETE_SELF
            | Inotify.MOVE_SELF;

    private record Left(Place place, Name name) {}

    private final Inotify inotify;

    private InotifyWatcher(Inotify inotify, EventSink sink, Reading reading) {
        super("inotify", inotify, sink, reading);
        this.inotify = inotify;
    }

    /** A watcher without watches, not yet started. */
    public static InotifyWatcher open(EventSink sink, Reading reading) throws LinuxException {
        return new InotifyWatcher(Inotify.open(), sink, reading);
    }

    /** Watches a directory; the same number again if it is watched already. */
    public int watch(Directory directory) throws LinuxException {
        return inotify.addWatch(directory, MASK);
    }

    /** Ends a watch. */
    public void unwatch(int watch) throws LinuxException {
        inotify.removeWatch(watch);
    }

    @Override
    public WatcherChoice kind() {
        return WatcherChoice.INOTIFY;
    }

    @Override
    boolean countsEvents() {
        return false;
    }

    @Override
    Decoded decode(EventBuffer buffer) {
        InotifyEvents events = new InotifyEvents(buffer);
        List<Event> decoded = new ArrayList<>();
        Map<Integer, Left> moves = new HashMap<>();
        boolean overflow = false;
        int count = 0;
        while (events.next()) {
            count++;
            if (events.isOverflow()) {
                overflow = true;
                continue;
            }
            Place place = new Place.ByWatch(events.watch());
            Name name = events.name();
            int mask = events.mask();
            int bits = bits(mask, name);
            if ((mask & Inotify.MOVED_FROM) != 0 && name != null) {
                moves.put(events.cookie(), new Left(place, name));
            }
            Left from = (mask & Inotify.MOVED_TO) == 0 ? null : moves.remove(events.cookie());
            decoded.add(
                    from == null
                            ? Event.of(place, name, bits)
                            : new Event(from.place(), from.name(), Bits.MOVED_FROM, 0, null, place, name));
        }
        return new Decoded(decoded, overflow, count);
    }

    private static int bits(int mask, @Nullable Name name) {
        int bits = 0;
        if (name != null && (mask & (Inotify.MODIFY | Inotify.CLOSE_WRITE | Inotify.CREATE)) != 0) {
            bits |= Bits.CONTENT;
        }
        if ((mask & Inotify.ATTRIB) != 0) {
            bits |= Bits.METADATA;
        }
        if ((mask & Inotify.MOVED_FROM) != 0) {
            bits |= Bits.MOVED_FROM;
        }
        if ((mask & Inotify.MOVED_TO) != 0) {
            bits |= Bits.MOVED_TO;
        }
        if ((mask & Inotify.DELETE) != 0) {
            bits |= Bits.DELETED;
        }
        if ((mask & (Inotify.IGNORED | Inotify.UNMOUNT)) != 0) {
            bits |= Bits.UNWATCHED;
        }
        return bits;
    }
}
