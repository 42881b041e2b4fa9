package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.feed.watch.Place;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the rows that events are about. Directories are known by their handle or watch; a handle that is not known is
 * opened once to see whether it lies below a root, and remembered as not ours otherwise, within a bound.
 */
final class Resolver {
    private static final int KNOWN = 16_384;
    private static final int NOT_OURS = 65_536;
    private static final Name UP = Name.of("..");

    private final CatalogStore store;
    private final Directories directories;
    private final Roots roots;
    private final FilesystemBook filesystems;
    private final FilesystemIds filesystemIds;
    private final Borders borders;
    private final Set<Safeguard> safeguards;
    private final Consequences consequences;
    private final LongMap byWatch = new LongMap();
    private final LongMap watchOf = new LongMap();
    private final Map<Place.ByHandle, Long> byHandle = bounded(KNOWN);
    private final Set<Place.ByHandle> notOurs = Collections.newSetFromMap(bounded(NOT_OURS));
    private final Set<Place.ByHandle> filesNotOurs = Collections.newSetFromMap(bounded(NOT_OURS));

    Resolver(Parts parts, Consequences consequences) {
        this.store = parts.store();
        this.directories = parts.directories();
        this.roots = parts.roots();
        this.filesystems = parts.filesystems();
        this.filesystemIds = parts.filesystemIds();
        this.borders = parts.borders();
        this.safeguards = parts.safeguards();
        this.consequences = consequences;
    }

    private static <K, V> Map<K, V> bounded(int most) {
        return new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > most;
            }
        };
    }

    /** The id of a directory, 0 if it has no row, or none yet. */
    long directory(Place place) throws SQLException {
        return switch (place) {
            case Place.ById byId -> byId.id();
            case Place.ByWatch watch -> byWatch.get(watch.watch());
            case Place.ByHandle handle -> byHandle(handle);
        };
    }

    private long byHandle(Place.ByHandle place) throws SQLException {
        Long known = byHandle.get(place);
        if (known != null) {
            return known;
        }
        if (notOurs.contains(place)) {
            return 0;
        }
        long filesystem = filesystemIds.byFsid(place.fsid());
        long id = filesystem == 0
                ? 0
                : store.handles().directory(filesystem, place.handle().bytes());
        if (id != 0) {
            byHandle.put(place, id);
        }
        return id;
    }

    /** A directory has an inotify watch. */
    void watched(int watch, long id) {
        long before = watchOf.get(id);
        if (before != 0 && before != watch) {
            byWatch.remove(before);
        }
        byWatch.put(watch, id);
        watchOf.put(id, watch);
    }

    /** The watch of a directory is no more; returns its id, or 0. */
    long unwatched(int watch) {
        long id = byWatch.get(watch);
        byWatch.remove(watch);
        if (id != 0 && watchOf.get(id) == watch) {
            watchOf.remove(id);
        }
        return id;
    }

    /** The directory ceased; returns the watch it had and that now nobody has, or 0. */
    long ceased(long id) {
        byHandle.clear();
        long watch = watchOf.get(id);
        watchOf.remove(id);
        if (watch == 0 || byWatch.get(watch) != id) {
            return 0;
        }
        byWatch.remove(watch);
        return watch;
    }

    int watches() {
        return byWatch.size();
    }

    /** Directories came into the selection: what was not ours may be now. */
    void forgetNotOurs() {
        notOurs.clear();
        filesNotOurs.clear();
    }

    /** A file in one of our directories has this handle. */
    void isOurs(long fsid, Handle target) {
        if (!filesNotOurs.isEmpty()) {
            filesNotOurs.remove(new Place.ByHandle(fsid, target));
        }
    }

    /**
     * Whether a directory without a row may come to have one; hints the name under which it will.
     *
     * @return false when it is known not to be part of the selection, or is gone
     */
    boolean isPending(Place.ByHandle place, long origin) throws SQLException, IOException {
        if (notOurs.contains(place)) {
            return false;
        }
        List<Place.ByHandle> chain = new ArrayList<>();
        chain.add(place);
        try (Directory top = top(place.fsid())) {
            if (top == null) {
                return true; // none of the roots is on it, so nothing can be said
            }
            try (Directory directory = Directory.open(place.handle(), top)) {
                return isPending(directory, place.fsid(), chain, origin);
            }
        } catch (ElsewhereException e) {
            return true; // a directory above is on the move
        } catch (LinuxException e) {
            return false; // gone: the topmost removal has a name of its own
        }
    }

    private boolean isPending(Directory directory, long fsid, List<Place.ByHandle> chain, long origin)
            throws SQLException, IOException {
        Directory at = directory.duplicate();
        try {
            while (true) {
                Stat self = at.stat();
                Directory above = at.openDirectory(UP);
                at.close();
                at = above;
                Stat stat = above.stat();
                if (stat.device() != self.device() || stat.inode() == self.inode()) {
                    notOurs.addAll(chain);
                    return false;
                }
                Place.ByHandle place = new Place.ByHandle(fsid, above.selfHandle());
                long id = notOurs.contains(place) ? 0 : byHandle(place);
                if (id != 0) {
                    return isPending(above, id, self, chain, origin);
                }
                if (notOurs.contains(place)) {
                    notOurs.addAll(chain);
                    return false;
                }
                chain.add(place);
            }
        } finally {
            at.close();
        }
    }

    /** The directory above is ours: is the one below left out, or not looked at yet? */
    private boolean isPending(Directory above, long id, Stat below, List<Place.ByHandle> chain, long origin)
            throws SQLException, IOException {
        Name[] found = new Name[1];
        try (Directory listed = above.duplicate()) {
            listed.list((name, type) -> {
                if (found[0] == null && (type == null || type == FileType.DIRECTORY)) {
                    Stat stat = listed.statOrNull(name);
                    if (stat != null && stat.inode() == below.inode() && stat.device() == below.device()) {
                        found[0] = name;
                    }
                }
            });
        }
        Name name = found[0];
        if (name == null) {
            return false;
        }
        BytePath path = directories.path(id);
        if (path == null || !borders.include(directories.rules(id, above), path, name, true)) {
            notOurs.addAll(chain);
            return false;
        }
        consequences.hint(id, name, Bits.METADATA, origin);
        return true;
    }

    /**
     * Hints all names of a file that was changed under a name that is not ours, or under none (C3).
     *
     * @param settled whether nothing is on its way into the catalog, so that a file without a row is not ours
     */
    void hintFile(long fsid, Handle target, int bits, long origin, boolean settled) throws SQLException {
        Place.ByHandle file = new Place.ByHandle(fsid, target);
        long filesystem = filesystemIds.byFsid(fsid);
        if (filesystem == 0 || !safeguards.contains(Safeguard.INODE_LOOKUP) || filesNotOurs.contains(file)) {
            return;
        }
        try (Directory top = top(fsid)) {
            if (top == null) {
                return;
            }
            Stat stat = top.stat(target);
            List<Entry> rows = store.byInode(filesystem, stat.inode());
            for (Entry row : rows) {
                if (row.parent() > 0) {
                    consequences.hint(row.parent(), row.name(), bits, origin);
                } else {
                    consequences.hint(row.id(), null, bits, origin);
                }
            }
            if (rows.isEmpty() && settled) {
                filesNotOurs.add(file);
            }
        } catch (LinuxException e) {
            return; // gone with its last name
        }
    }

    /** Any directory of a filesystem, or null if none of ours is there. */
    private @Nullable Directory top(long fsid) throws LinuxException, SQLException {
        FilesystemBook.Filesystem filesystem = filesystems.byFsid(fsid);
        if (filesystem == null) {
            return null;
        }
        for (Roots.State root : roots.all()) {
            try {
                Directory directory = roots.open(root);
                if (directory.stat().device() == filesystem.device()) {
                    return directory;
                }
                directory.close();
            } catch (LinuxException e) {
                // This root is not there now; another may be.
            }
        }
        return null;
    }
}
