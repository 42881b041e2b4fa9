package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.catalog.GoneKind;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what looks mean for the rows. A batch of looks is settled together: what is there first, so that a file that moved
 * finds its row before the row's old name is seen to be gone.
 */
final class Applier {
    private record Inode(long filesystem, long inode, FileType type) {}

    private final CatalogStore store;
    private final Directories directories;
    private final FilesystemIds filesystems;
    private final EmptiedRoots emptied;
    private final RuleFiles ruleFiles;
    private final Consequences consequences;
    private final Relocation relocation;
    private final Set<Safeguard> safeguards;

    private final Absorbed absorbed = new Absorbed();

    // Of the batch that is being applied.
    private final Map<Key, Look> batch = new HashMap<>();
    private final Map<Inode, List<Look>> byInode = new HashMap<>();
    private final Set<Long> parked = new HashSet<>();
    private final Set<Long> touched = new HashSet<>();
    private final Set<Long> judgedAnew = new HashSet<>();
    private final Set<Long> ceased = new HashSet<>();
    private long origin;

    Applier(
            CatalogStore store,
            Directories directories,
            FilesystemIds filesystems,
            EmptiedRoots emptied,
            RuleFiles ruleFiles,
            Consequences consequences,
            Relocation relocation,
            Set<Safeguard> safeguards) {
        this.store = store;
        this.directories = directories;
        this.filesystems = filesystems;
        this.emptied = emptied;
        this.ruleFiles = ruleFiles;
        this.consequences = consequences;
        this.relocation = relocation;
        this.safeguards = safeguards;
    }

    /**
     * Applies looks of a listing of a directory that has no rows yet: only directories may have moved there.
     *
     * @param filling whether the catalog had no rows before, so that nothing can have moved
     */
    void applyFresh(List<Look> looks, boolean filling) throws SQLException {
        begin(looks);
        for (Look look : looks) {
            Stat stat = look.stat();
            if (stat != null && look.included()) {
                long filesystem = filesystems.byDevice(stat.device());
                Entry candidate =
                        filling && stat.type() != FileType.DIRECTORY ? null : candidate(look, stat, filesystem);
                if (store.byName(look.directory(), look.name()) != null) {
                    found(look, stat); // the kernel may list a name twice that was made again meanwhile
                } else if (!isOutdated(look, candidate)) {
                    arrive(look, stat, filesystem, candidate, filling);
                }
            }
        }
        end(Set.of());
    }

    /**
     * Applies looks.
     *
     * @param selves directories that are looked at themselves too: a hint about a name is one about its directory (C1)
     */
    void apply(List<Look> looks, Set<Long> selves) throws SQLException {
        begin(looks);
        for (Look look : looks) {
            Stat stat = look.stat();
            if (stat != null && look.included()) {
                found(look, stat);
            }
        }
        emptied.among(looks, batch).forEach(consequences::emptied);
        for (Look look : looks) {
            if (!look.found() && !(look.stat() == null && emptied.keepsRows(directories.path(look.directory())))) {
                Entry row = store.byName(look.directory(), look.name());
                Stat stat = look.stat();
                if (row != null) {
                    remove(row, stat == null ? GoneKind.DELETED : GoneKind.LEFT_OUT, look.origin());
                } else if (stat != null && !Bits.has(look.bits(), Bits.SCAN)) {
                    hintNames(stat, look.bits(), look.origin());
                }
            }
        }
        end(safeguards.contains(Safeguard.PARENT_HINT) ? selves : Set.of());
    }

    private void begin(List<Look> looks) throws SQLException {
        batch.clear();
        byInode.clear();
        parked.clear();
        touched.clear();
        judgedAnew.clear();
        ceased.clear();
        origin = System.nanoTime();
        for (Look look : looks) {
            origin = Math.min(origin, look.origin());
            batch.put(new Key(look.directory(), look.name()), look);
            Stat stat = look.stat();
            if (stat != null && look.included()) {
                byInode.computeIfAbsent(
                                new Inode(filesystems.byDevice(stat.device()), stat.inode(), stat.type()),
                                inode -> new ArrayList<>(1))
                        .add(look);
            }
        }
    }

    private void end(Set<Long> selves) throws SQLException {
        for (long id : parked) {
            Entry row = store.byId(id);
            if (row != null) {
                store.gone(row, GoneKind.MOVED, BytePath.root());
                delete(row, origin); // its name was told as gone when it was parked
            }
        }
        Set<Long> all = new HashSet<>(selves);
        all.addAll(touched);
        for (long directory : all) {
            lookAtItself(directory, touched.contains(directory));
        }
        judgedAnew.forEach(consequences::rulesChanged); // commits, which only a whole batch may be
    }

    private void found(Look look, Stat stat) throws SQLException {
        if (ceased.contains(look.directory())) {
            return; // if the directory is somewhere, it will be found there, with all it has
        }
        long filesystem = filesystems.byDevice(stat.device());
        Entry row = store.byName(look.directory(), look.name());
        if (row != null && isSame(row, filesystem, look, stat)) {
            Entry now = update(row, filesystem, look, stat, contentMayDiffer(row, stat, look.bits()));
            arrived(now, look, Consequences.Arrival.KNOWN);
            return;
        }
        Entry candidate = candidate(look, stat, filesystem);
        if (isOutdated(look, candidate)) {
            return;
        }
        if (row != null) {
            if (isClaimed(row, look)) {
                park(row);
            } else if (candidate == null && row.type() == stat.type() && !row.isDirectory()) {
                // Saved by writing another file and renaming it here: to people this is the same file, changed.
                hintOtherNames(row, look.bits(), look.origin());
                store.handles().remove(row.id());
                update(row, filesystem, look, stat, true);
                return;
            } else {
                if (candidate != null) {
                    park(candidate); // it may be below the row that it replaces
                }
                remove(row, GoneKind.DELETED, look.origin());
            }
        }
        arrive(look, stat, filesystem, candidate, false);
    }

    private void arrive(Look look, Stat stat, long filesystem, @Nullable Entry candidate, boolean filling)
            throws SQLException {
        if (candidate != null) {
            move(candidate, look, stat, filesystem);
            return;
        }
        Entry entry = store.insert(filesystem, look.directory(), look.name(), stat, look.link(), look.xattrs());
        Handle handle = look.handle();
        if (handle != null) {
            store.handles().put(filesystem, handle.bytes(), entry.id());
        }
        touched.add(look.directory());
        if (!filling) {
            hintOtherNames(entry, look.bits(), look.origin());
            if (ruleFiles.speaks(look.name())) {
                judgedAnew.add(look.directory());
            }
        }
        arrived(entry, look, Consequences.Arrival.NEW);
    }

    /** Whether the last batch changed the rules that hold in a directory. */
    boolean isJudgedAnew(long directory) {
        return judgedAnew.contains(directory);
    }

    private void arrived(Entry entry, Look look, Consequences.Arrival arrival) {
        if (entry.isDirectory() && look.entered()) {
            consequences.found(entry, look, arrival);
        }
    }

    /** Whether the row under this name is about what is there now. An inode number alone is used again. */
    private boolean isSame(Entry row, long filesystem, Look look, Stat stat) throws SQLException {
        if (row.filesystem() != filesystem || row.inode() != stat.inode() || row.type() != stat.type()) {
            return false;
        }
        Handle handle = look.handle();
        if (!row.isDirectory() || handle == null) {
            return true;
        }
        byte[] known = store.handles().of(row.id());
        return known == null || Arrays.equals(known, handle.bytes());
    }

    /** The row of what was found, under a name that it no longer has; null if there is none. */
    private @Nullable Entry candidate(Look look, Stat stat, long filesystem) throws SQLException {
        Handle handle = look.handle();
        boolean directory = stat.type() == FileType.DIRECTORY;
        List<Entry> rows = directory && handle != null
                ? store.byHandle(filesystem, handle.bytes())
                : store.byInode(filesystem, stat.inode());
        for (Entry row : rows) {
            boolean itself = row.parent() == look.directory() && row.name().equals(look.name());
            if (itself || row.parent() == 0 || row.type() != stat.type()) {
                continue;
            }
            boolean proven = parked.contains(row.id()) || (directory && handle != null);
            if (proven || !isStillThere(row)) {
                return row;
            }
        }
        return null;
    }

    /** Whether a row's own name leads to its inode; true also when that cannot be said. */
    private boolean isStillThere(Entry row) throws SQLException {
        Look look = batch.get(new Key(row.parent(), row.name()));
        if (look != null) {
            Stat stat = look.stat();
            return stat != null && stat.inode() == row.inode() && stat.type() == row.type();
        }
        return !Boolean.FALSE.equals(leadsTo(row.parent(), row.name(), row));
    }

    /**
     * Whether a directory has left the name that a look found it under: that name is looked at again then. Its row would
     * leave the name that it has by now, to which no hint may lead any more.
     */
    private boolean isOutdated(Look look, @Nullable Entry candidate) throws SQLException {
        if (candidate == null
                || !candidate.isDirectory()
                || Boolean.TRUE.equals(leadsTo(look.directory(), look.name(), candidate))) {
            return false;
        }
        consequences.hint(look.directory(), look.name(), Bits.METADATA, look.origin());
        return true;
    }

    /** Whether a name leads to what a row is about now; null when that cannot be said. */
    private @Nullable Boolean leadsTo(long parent, Name name, Entry row) throws SQLException {
        Entry above = store.byId(parent);
        BytePath path = directories.path(parent);
        if (above == null || path == null) {
            return null;
        }
        try (Directory directory = directories.open(path)) {
            if (directory.stat().inode() != above.inode()) {
                return null;
            }
            Stat stat = directory.statOrNull(name);
            return stat != null && stat.inode() == row.inode() && stat.type() == row.type();
        } catch (LinuxException e) {
            return null;
        }
    }

    /** Whether another look of this batch found what the row is about. */
    private boolean isClaimed(Entry row, Look look) {
        for (Look other : byInode.getOrDefault(new Inode(row.filesystem(), row.inode(), row.type()), List.of())) {
            if (other.directory() != look.directory() || !other.name().equals(look.name())) {
                return true;
            }
        }
        return false;
    }

    /** Takes a row out of the way of another that wants its name. */
    private void park(Entry row) throws SQLException {
        gone(row, GoneKind.MOVED);
        store.move(row.id(), -1, Long.toString(row.id()).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        touched.add(row.parent());
        parked.add(row.id());
    }

    private void move(Entry row, Look look, Stat stat, long filesystem) throws SQLException {
        if (row.isDirectory() && isBelow(look.directory(), row.id())) {
            // Its directory was below it and is not any more, which is still to be seen: looked at again after that.
            consequences.hint(look.directory(), look.name(), look.bits(), look.origin());
            return;
        }
        boolean keepsRows = row.isDirectory()
                && !Bits.has(look.bits(), Bits.SCAN)
                && relocation.keepsRows(row, look.directory(), look.name(), batch::containsKey);
        Look old = batch.get(new Key(row.parent(), row.name()));
        int bits = look.bits() | (old == null ? consequences.pendingBits(row.parent(), row.name()) : old.bits());
        if (!parked.remove(row.id())) {
            gone(row, GoneKind.MOVED);
            touched.add(row.parent());
        } else {
            Entry nameless = store.byId(row.id());
            if (nameless != null) {
                store.gone(nameless, GoneKind.MOVED, BytePath.root()); // until here no batch of changes may end
            }
        }
        store.move(row.id(), look.directory(), look.name().bytes());
        touched.add(look.directory());
        if (row.isDirectory()) {
            directories.clear();
        }
        Entry moved = store.byId(row.id());
        if (moved == null) {
            throw new SQLException("a row that was moved is not there: " + row.id());
        }
        boolean renameSeen = Bits.has(bits, Bits.MOVED_TO | Bits.MOVED_FROM);
        int known = renameSeen ? bits & ~Bits.SCAN : bits;
        boolean content = contentMayDiffer(row, stat, known)
                || (!renameSeen && !row.ctime().equals(stat.ctime()));
        Entry now = update(moved, filesystem, look, stat, content);
        if (ruleFiles.speaks(look.name()) || ruleFiles.speaks(row.name())) {
            judgedAnew.add(look.directory());
            judgedAnew.add(row.parent());
        }
        arrived(now, look, keepsRows ? Consequences.Arrival.KNOWN : Consequences.Arrival.MOVED);
    }

    private boolean isBelow(long id, long directory) throws SQLException {
        long at = id;
        while (at > 0 && at != directory) {
            Entry row = store.byId(at);
            at = row == null ? 0 : row.parent();
        }
        return at == directory;
    }

    /** C12: whether bytes may have changed since the row was written. */
    private static boolean contentMayDiffer(Entry row, Stat stat, int bits) {
        return row.inode() != stat.inode()
                || row.size() != stat.size()
                || !row.mtime().equals(stat.mtime())
                || Bits.has(bits, Bits.RACY)
                || (!row.ctime().equals(stat.ctime()) && Bits.has(bits, Bits.CONTENT | Bits.SCAN));
    }

    /** Whether a hint says that the bytes changed, and the row's times have taken that in already without saying so. */
    boolean isOverdue(Entry row, int bits) {
        return Bits.has(bits, Bits.CONTENT) && absorbed.has(row.id(), System.nanoTime());
    }

    private Entry update(Entry row, long filesystem, Look look, Stat stat, boolean content) throws SQLException {
        boolean file = stat.type() == FileType.FILE;
        boolean same = Looking.same(row, stat)
                && row.filesystem() == filesystem
                && Arrays.equals(row.linkTarget(), look.link())
                && row.xattrs().equals(look.xattrs());
        boolean overdue = isOverdue(row, look.bits());
        if (same && !(file && (overdue || Bits.has(look.bits(), Bits.RACY)))) {
            return row;
        }
        boolean counts = file && (content || overdue);
        Entry now = store.update(row, filesystem, stat, look.link(), look.xattrs(), counts);
        if (counts) {
            absorbed.remove(row.id());
        } else if (file) {
            absorbed.add(row.id(), System.nanoTime());
        }
        Handle handle = look.handle();
        if (handle != null) {
            store.handles().put(filesystem, handle.bytes(), row.id());
        } else if (row.links() > 1 && !row.isDirectory()) {
            store.handles().remove(row.id());
        }
        hintOtherNames(row.links() > stat.links() ? row : now, look.bits(), look.origin());
        if (ruleFiles.speaks(look.name()) && content) {
            judgedAnew.add(look.directory());
        }
        return now;
    }

    /** A file with several names has a row for each; what happened under one is seen under all (C3). */
    private void hintOtherNames(Entry row, int bits, long origin) throws SQLException {
        if (row.links() < 2 || row.isDirectory()) {
            return;
        }
        for (Entry other : store.byInode(row.filesystem(), row.inode())) {
            if (other.id() != row.id() && other.parent() > 0) {
                int kept = bits & (Bits.CONTENT | Bits.METADATA | Bits.SCAN);
                consequences.hint(other.parent(), other.name(), kept | Bits.METADATA, origin);
            }
        }
    }

    /** What happened under a name that is left out is seen under the names that are not (C3). */
    private void hintNames(Stat stat, int bits, long origin) throws SQLException {
        if (stat.links() < 2 || stat.type() == FileType.DIRECTORY) {
            return;
        }
        for (Entry row : store.byInode(filesystems.byDevice(stat.device()), stat.inode())) {
            if (row.parent() > 0) {
                consequences.hint(row.parent(), row.name(), (bits & Bits.CONTENT) | Bits.METADATA, origin);
            }
        }
    }

    private void remove(Entry row, GoneKind kind, long origin) throws SQLException {
        gone(row, kind);
        hintOtherNames(row, Bits.METADATA, origin);
        delete(row, origin);
        touched.add(row.parent());
        if (ruleFiles.speaks(row.name())) {
            judgedAnew.add(row.parent());
        }
    }

    private void delete(Entry row, long origin) throws SQLException {
        List<Entry> linked = store.linkedBelow(row);
        store.delete(row, directory -> {
            ceased.add(directory);
            consequences.ceased(directory);
        });
        for (Entry file : linked) {
            hintOtherNames(file, Bits.METADATA, origin);
        }
    }

    private void gone(Entry row, GoneKind kind) throws SQLException {
        BytePath parent = directories.path(row.parent());
        store.gone(row, kind, parent == null ? BytePath.root() : parent.resolve(row.name()));
    }

    private void lookAtItself(long id, boolean namesChanged) throws SQLException {
        Entry row = store.byId(id);
        BytePath path = directories.path(id);
        if (row == null || path == null) {
            return;
        }
        if (safeguards.contains(Safeguard.PARENT_HINT)) {
            try (Directory directory = directories.open(path)) {
                Stat stat = directory.stat();
                boolean itself = stat.inode() == row.inode() && filesystems.byDevice(stat.device()) == row.filesystem();
                // Attributes may change twice within one tick of the clock.
                if (itself && !(Looking.same(row, stat) && row.xattrs().equals(directory.selfXattrs()))) {
                    store.update(row, row.filesystem(), stat, null, directory.selfXattrs(), false);
                    return;
                }
            } catch (LinuxException e) {
                // Its own name is looked at when the directory above is: that hint is there, or will be.
            }
        }
        if (namesChanged) {
            store.touch(id);
        }
    }
}
