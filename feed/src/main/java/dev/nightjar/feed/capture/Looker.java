package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.FilesystemBook;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Looks at dirty names, directory by directory, and has what it found applied. */
final class Looker {
    static final long TICK_NANOS = Looking.TICK_NANOS;

    /** An event said that a name came, went or was written. Not so the hints that looks give each other: no end of them. */
    private static final int TOLD = Bits.CONTENT | Bits.MOVED_FROM | Bits.MOVED_TO | Bits.DELETED;

    private static final int ATTEMPTS = 8;
    private static final int PATIENCE = 100;

    private final CatalogStore store;
    private final Directories directories;
    private final Roots roots;
    private final FilesystemIds filesystemIds;
    private final FilesystemBook filesystems;
    private final Looking looking;
    private final Applier applier;
    private final DirtySet dirty;
    private final Recent recent;
    private final Borders borders;
    private final RuleFiles ruleFiles;
    private final LongSupplier stamps;
    private final InstantSource clock;
    private final Set<Safeguard> safeguards;
    private final Consequences consequences;

    Looker(Parts parts, Applier applier, DirtySet dirty, Recent recent, Consequences consequences) {
        this.store = parts.store();
        this.directories = parts.directories();
        this.roots = parts.roots();
        this.filesystemIds = parts.filesystemIds();
        this.filesystems = parts.filesystems();
        this.looking = parts.looking();
        this.applier = applier;
        this.dirty = dirty;
        this.recent = recent;
        this.borders = parts.borders();
        this.ruleFiles = parts.ruleFiles();
        this.stamps = parts.stamps();
        this.clock = parts.clock();
        this.safeguards = parts.safeguards();
        this.consequences = consequences;
    }

    /** Looks at all of them, and applies what was found as one batch. */
    void look(List<Dirty> taken, long now) throws SQLException, IOException {
        Map<Long, List<Dirty>> byDirectory = new HashMap<>();
        for (Dirty name : taken) {
            byDirectory
                    .computeIfAbsent(name.directory(), id -> new ArrayList<>())
                    .add(name);
        }
        List<Look> looks = new ArrayList<>();
        Set<Long> selves = new HashSet<>();
        for (Map.Entry<Long, List<Dirty>> group : byDirectory.entrySet()) {
            look(group.getKey(), group.getValue(), now, looks, selves);
        }
        Set<Long> spokenTo = new HashSet<>();
        for (Dirty name : taken) {
            Name component = name.name();
            if (component != null && ruleFiles.speaks(component) && Bits.has(name.bits, TOLD)) {
                spokenTo.add(name.directory());
            }
        }
        long rulesAge = directories.rulesAge();
        applier.apply(looks, selves);
        for (long directory : spokenTo) {
            if (!applier.isJudgedAnew(directory)) {
                // An ignore file may have come and gone, and been read in between, without ever having a row.
                consequences.rulesChanged(directory);
            }
        }
        if (rulesAge != directories.rulesAge()) {
            for (Look look : looks) {
                if (look.stat() != null) {
                    consequences.hint(
                            look.directory(), look.name(), 0, look.origin()); // was judged by the rules of before
                }
            }
        }
    }

    private void look(long id, List<Dirty> names, long now, List<Look> looks, Set<Long> selves)
            throws SQLException, IOException {
        Entry row = store.byId(id);
        BytePath path = directories.path(id);
        if (row == null || path == null) {
            return; // the directory ceased, and all names in it
        }
        try (Directory directory = directories.open(path)) {
            Stat self = directory.stat();
            filesystems.learn(directory, self);
            if (self.inode() != row.inode() || filesystemIds.byDevice(self.device()) != row.filesystem()) {
                isElsewhere(row, path, names, now);
                return;
            }
            selves.add(id);
            DirectoryRules rules = directories.rules(id, directory);
            for (Dirty name : names) {
                Name component = name.name();
                if (component != null) {
                    look(directory, self, path, rules, name, component, now, looks);
                }
            }
        } catch (NotFoundException | ElsewhereException e) {
            isElsewhere(row, path, names, now);
        } catch (LinuxException e) {
            isClosed(row, names, now, e);
        }
    }

    /** The directory is there, but cannot be opened. */
    private void isClosed(Entry row, List<Dirty> names, long now, LinuxException problem) throws SQLException {
        for (Dirty name : names) {
            if (name.attempts < ATTEMPTS) {
                dirty.again(name, now + Listings.patience(name.attempts));
            } else {
                store.problems().put(row.id(), "cannot be looked into: " + problem.getMessage());
            }
        }
    }

    /** The path does not lead to the directory: it, or one above it, moved or ceased. Its own name will tell. */
    private void isElsewhere(Entry row, BytePath path, List<Dirty> names, long now) throws SQLException {
        Roots.State root = roots.byId(row.id());
        if (root != null) {
            consequences.inQuestion(root);
            return;
        }
        if (roots.above(path).isInQuestion()) {
            return; // its row stays, so it would be looked for without end, and no barrier would end either
        }
        for (Dirty name : names) {
            dirty.again(name, now + Listings.patience(name.attempts));
        }
        consequences.hint(row.parent(), row.name(), Bits.METADATA, now);
    }

    private void look(
            Directory directory,
            Stat self,
            BytePath path,
            DirectoryRules rules,
            Dirty hinted,
            Name name,
            long now,
            List<Look> looks)
            throws SQLException {
        long stamp = stamps.getAsLong();
        long id = hinted.directory();
        recent.looked(hinted.key, stamp);
        try {
            Stat stat = directory.statOrNull(name);
            noteLinked(hinted, name, stat, stamp);
            if (stat == null && hinted.attempts < PATIENCE && consequences.isDeparting(hinted.key)) {
                dirty.again(hinted, now + TICK_NANOS); // where it went has no row yet
                return;
            }
            boolean left = Bits.has(hinted.bits, Bits.MOVED_FROM) && hinted.partner == null;
            if (stat == null && left && hinted.attempts < ATTEMPTS / 2) {
                dirty.again(hinted, now + TICK_NANOS); // a listing under way may find where it went
                return;
            }
            if (stat == null) {
                looks.add(Look.missing(id, name, hinted.bits, stamp, hinted.origin));
                return;
            }
            boolean isDirectory = stat.type() == FileType.DIRECTORY;
            if (!borders.include(rules, path, name, isDirectory)) {
                looks.add(Look.leftOut(id, name, stat, hinted.bits, stamp, hinted.origin));
                return;
            }
            if (isRacy(stat) && !Bits.has(hinted.bits, Bits.RACY)) {
                if (hinted.attempts == 0 && hinted.partner == null) {
                    dirty.again(hinted, now + TICK_NANOS);
                    return;
                }
                consequences.hint(id, name, Bits.RACY, now);
            }
            Entry row = store.byName(id, name);
            if (row != null
                    && Looking.same(row, stat)
                    && !Bits.has(hinted.bits, Bits.RACY)
                    && !isDirectory
                    && !applier.isOverdue(row, hinted.bits)) {
                return;
            }
            boolean enters = isDirectory && enters(directory, self, name, stat);
            looks.add(looking.complete(directory, id, name, stat, enters, hinted.bits, stamp, hinted.origin));
        } catch (NotFoundException e) {
            again(hinted, now, e);
        } catch (LinuxException e) {
            again(hinted, now, e);
        }
    }

    /** A listing under way may have seen other names of the file, and has no rows yet that could be told (C3). */
    private void noteLinked(Dirty hinted, Name name, @Nullable Stat stat, long stamp) throws SQLException {
        if (!recent.isRecording()) {
            return;
        }
        if (stat != null && stat.links() > 1 && stat.type() != FileType.DIRECTORY) {
            recent.lookedAtLinked(filesystemIds.byDevice(stat.device()), stat.inode(), stamp);
        }
        Entry row = store.byName(hinted.directory(), name);
        if (row != null && row.links() > 1 && !row.isDirectory()) {
            recent.lookedAtLinked(row.filesystem(), row.inode(), stamp);
        }
    }

    private void again(Dirty hinted, long now, LinuxException problem) throws SQLException {
        if (hinted.attempts < ATTEMPTS) {
            dirty.again(hinted, now + TICK_NANOS);
            return;
        }
        Name name = hinted.name();
        Entry row = name == null ? null : store.byName(hinted.directory(), name);
        store.problems()
                .put(row == null ? hinted.directory() : row.id(), "cannot be looked at: " + problem.getMessage());
    }

    private boolean enters(Directory directory, Stat self, Name name, Stat stat) {
        if (!borders.enter(self, stat)) {
            return false;
        }
        if (self.device() == stat.device()) {
            return true;
        }
        try (Directory below = directory.openDirectory(name)) {
            filesystems.learn(below, stat);
            return true;
        } catch (LinuxException e) {
            return false;
        }
    }

    /** Whether the file could change once more without its times telling. */
    private boolean isRacy(Stat stat) {
        if (stat.type() != FileType.FILE || !safeguards.contains(Safeguard.RACILY_CLEAN)) {
            return false;
        }
        return Looking.isRacy(stat.mtime(), clock.instant());
    }
}
