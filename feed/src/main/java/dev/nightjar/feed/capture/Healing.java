package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.RootState;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Gaps: recorded and committed first, then healed by listing all of their scope; and the roots, which may be in question. */
final class Healing {
    private final Parts parts;
    private final CatalogStore store;
    private final Listings listings;
    private final Results results;
    private final DirtySet dirty;
    private final Unresolved unresolved;
    private final Resolver resolver;
    private final Questions questions;
    private final EmptiedRoots emptiedRoots;

    Healing(
            Parts parts,
            Listings listings,
            Results results,
            DirtySet dirty,
            Unresolved unresolved,
            Resolver resolver,
            EmptiedRoots emptiedRoots) {
        this.parts = parts;
        this.store = parts.store();
        this.listings = listings;
        this.results = results;
        this.dirty = dirty;
        this.unresolved = unresolved;
        this.resolver = resolver;
        this.emptiedRoots = emptiedRoots;
        this.questions = new Questions(store, parts.roots(), parts.clock());
    }

    /** Nothing was watching until now. */
    void start() throws SQLException, IOException {
        questions.start();
        store.gaps().removeAll();
        long gap = store.gaps().add(0, GapReason.START, true);
        store.commit();
        listings.heal(gap);
        results.filling(store.entries() <= parts.roots().all().size());
        for (Roots.State root : parts.roots().all()) {
            row(root);
            questions.recall(root);
            check(root);
            if (root.state() == RootState.PRESENT) {
                root.healing(gap);
                list(root, gap);
            }
        }
    }

    /** Something was missed in a root, or with null in all of them; returns the gap. */
    long gap(Roots.@Nullable State scope, GapReason reason) throws SQLException, IOException {
        long gap = store.gaps().add(scope == null ? 0 : scope.id(), reason, true);
        store.commit();
        listings.heal(gap);
        resolver.forgetNotOurs();
        for (Roots.State root : scope == null ? parts.roots().all() : List.of(scope)) {
            if (root.state() == RootState.PRESENT || root.state() == RootState.EMPTIED) {
                list(root, gap);
            }
        }
        return gap;
    }

    /** Something was missed below a directory. */
    void gap(long directory, GapReason reason) throws SQLException, IOException {
        long gap = store.gaps().add(directory, reason, true);
        store.commit();
        listings.heal(gap);
        resolver.forgetNotOurs();
        listings.ask(new Listings.Request(directory, false, true, gap, System.nanoTime(), 0));
    }

    private void list(Roots.State root, long gap) throws SQLException, IOException {
        boolean fresh = !store.hasChildren(root.id());
        listings.ask(new Listings.Request(root.id(), fresh, true, gap, System.nanoTime(), 0));
    }

    /** Takes note of heals that have ended; returns whether one did. */
    boolean settle(long now) throws SQLException {
        boolean healed = false;
        for (Heal heal : listings.heals()) {
            if (heal.outstanding > 0) {
                continue;
            }
            if (heal.listed == 0) {
                heal.listed = now;
            }
            boolean looking = dirty.hasSince(heal.listed);
            if (!looking && (unresolved.isEmpty() || listings.isIdle())) {
                store.gaps().remove(heal.gap);
                listings.healed(heal);
                settled(heal);
                results.filling(false);
                healed = true;
            }
        }
        return healed;
    }

    /** What was in question about a root is decided once all of it was listed since. */
    private void settled(Heal heal) throws SQLException {
        for (Roots.State root : parts.roots().all()) {
            if (root.healing() == heal.gap) {
                root.healing(0);
                if (root.state() == RootState.PRESENT) {
                    questions.close(root);
                }
            }
        }
    }

    /** Looks again at roots that are in question. */
    void checkRoots() throws SQLException, IOException {
        for (Roots.State root : parts.roots().all()) {
            if (root.state() != RootState.PRESENT) {
                lookAgain(root);
            }
        }
    }

    /** Looks where a root's path leads; if it is there, all of it is listed: some of it may not have come back. */
    void lookAgain(Roots.State root) throws SQLException, IOException {
        check(root);
        if (root.state() == RootState.PRESENT) {
            root.healing(gap(root, GapReason.ROOT));
        }
    }

    /** Looks where a root's path leads (C17). */
    void check(Roots.State root) throws SQLException, IOException {
        RootState before = root.state();
        RootState now = find(root);
        boolean emptied = before == RootState.EMPTIED && !root.accepts(RootState.EMPTIED);
        if (now == RootState.PRESENT && emptied && !emptiedRoots.hasEntries(root)) {
            return;
        }
        if (now == RootState.PRESENT) {
            store.gaps().remove(root.id(), GapReason.ROOT);
            root.state(now);
        } else if (before != now) {
            ask(root, now);
        }
    }

    /** A root's entries are all gone: they are kept until somebody says that this is meant. */
    void emptied(Roots.State root) throws SQLException {
        if (root.state() != RootState.EMPTIED) {
            ask(root, RootState.EMPTIED);
        }
    }

    private void ask(Roots.State root, RootState now) throws SQLException {
        if (root.id() != 0) {
            store.gaps().remove(root.id(), GapReason.ROOT);
            store.gaps().add(root.id(), GapReason.ROOT, false);
            questions.ask(root, now); // before the state, which others read first
        }
        root.state(now);
    }

    private RootState find(Roots.State root) throws SQLException, IOException {
        Entry row = row(root);
        try (Directory directory = parts.roots().open(root)) {
            Stat stat = directory.stat();
            parts.filesystems().learnAnew(directory, stat);
            long filesystem = parts.filesystemIds().byDevice(stat.device());
            if (row == null) {
                Entry made = store.insertRoot(filesystem, root.path(), stat, directory.selfXattrs());
                root.id(made.id());
                remember(directory, stat, filesystem, made);
                return RootState.PRESENT;
            }
            if (row.filesystem() != filesystem && !root.accepts(RootState.FILESYSTEM_CHANGED)) {
                return RootState.FILESYSTEM_CHANGED;
            }
            if (row.filesystem() != filesystem || row.inode() != stat.inode()) {
                store.handles().remove(row.id());
                store.update(row, filesystem, stat, null, directory.selfXattrs(), false);
            }
            remember(directory, stat, filesystem, row);
            return RootState.PRESENT;
        } catch (NotFoundException e) {
            return RootState.GONE;
        } catch (LinuxException e) {
            return RootState.UNREADABLE;
        }
    }

    private @Nullable Entry row(Roots.State root) throws SQLException {
        if (root.id() == 0) {
            for (Entry row : store.roots()) {
                BytePath path = store.path(row.id());
                if (path != null && root.path().equals(path)) {
                    root.id(row.id());
                }
            }
        }
        return root.id() == 0 ? null : store.byId(root.id());
    }

    private void remember(Directory directory, Stat stat, long filesystem, Entry row) throws SQLException {
        var handle = parts.looking().selfHandle(directory, stat.device());
        byte[] known = store.handles().of(row.id());
        if (handle != null && (known == null || !Arrays.equals(known, handle.bytes()))) {
            store.handles().remove(row.id());
            store.handles().put(filesystem, handle.bytes(), row.id());
        }
    }

    /** What is there now is what is meant; false if this is not what is asked. */
    boolean accept(String question) throws SQLException, IOException {
        boolean taken = questions.answer(question);
        for (Roots.State root : parts.roots().all()) {
            if (root.accepts(root.state())) {
                lookAgain(root);
            }
        }
        return taken;
    }
}
