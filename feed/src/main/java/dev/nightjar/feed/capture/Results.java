package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.ListingTask;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.Safeguard;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Takes what listings found into the catalog. */
final class Results {
    private final Parts parts;
    private final CatalogStore store;
    private final Applier applier;
    private final Listings listings;
    private final Resolver resolver;
    private final Recent recent;
    private final DirtySet dirty;
    private final Consequences consequences;
    private final Set<BytePath> leftOut = new TreeSet<>();
    private boolean filling;
    private @Nullable ListingResult current;

    Results(
            Parts parts,
            Applier applier,
            Listings listings,
            Resolver resolver,
            Recent recent,
            DirtySet dirty,
            Consequences consequences) {
        this.parts = parts;
        this.store = parts.store();
        this.applier = applier;
        this.listings = listings;
        this.resolver = resolver;
        this.recent = recent;
        this.dirty = dirty;
        this.consequences = consequences;
    }

    /** The catalog has no rows but the roots': nothing can have moved. */
    void filling(boolean now) {
        filling = now;
    }

    Set<BytePath> leftOut() {
        return leftOut;
    }

    /** The result that is being taken, whose listing goes on below the directories it finds; else null. */
    @Nullable
    ListingResult current() {
        return current;
    }

    void take(ListingResult result, long now) throws SQLException, IOException {
        Listings.Flight flight = listings.flight(result.task().directory());
        if (flight == null) {
            return;
        }
        Entry row = store.byId(result.task().directory());
        if (row != null) {
            current = result;
            try {
                take(result, row, flight, now);
            } finally {
                current = null;
            }
        }
        if (result.last()) {
            if (row != null) {
                end(result, row, flight, now);
            }
            listings.ended(flight);
        }
    }

    private void take(ListingResult result, Entry row, Listings.Flight flight, long now)
            throws SQLException, IOException {
        ListingResult.Self self = result.self();
        if (self == null || !isItself(row, self)) {
            return;
        }
        Key key = new Key(row.id(), null);
        if (!Looking.same(row, self.stat()) && !recent.isOutdated(key, result.stamp())) {
            store.update(row, row.filesystem(), self.stat(), null, self.xattrs(), false);
            recent.looked(key, result.stamp());
        }
        if (result.watch() >= 0) {
            resolver.watched(result.watch(), row.id());
        }
        DirectoryRules rules = result.rules();
        if (rules != null && !isCurrent(row, rules, flight)) {
            flight.outdated();
            return;
        }
        if (rules != null) {
            parts.directories().rules(row.id(), rules);
        }
        apply(result, flight, now);
        ListingTask task = result.task();
        for (ListingResult.Known known : result.known()) {
            listings.ask(
                    new Listings.Request(known.id(), false, true, task.heal(), task.origin(), 0),
                    task.path().resolve(known.name()),
                    result.rules());
        }
        leftOut.addAll(result.leftOut());
    }

    /** Whether rules that a listing read are those that hold now: an ignore file may have changed, or a directory moved. */
    private boolean isCurrent(Entry row, DirectoryRules rules, Listings.Flight flight)
            throws SQLException, IOException {
        Directories directories = parts.directories();
        if (flight.rulesAge() == directories.rulesAge()) {
            return true;
        }
        BytePath path = directories.path(row.id());
        if (path == null) {
            return false;
        }
        try (Directory directory = directories.open(path)) {
            return directories.rules(row.id(), directory).sameAs(rules);
        } catch (LinuxException | ElsewhereException e) {
            return false;
        }
    }

    private void apply(ListingResult result, Listings.Flight flight, long now) throws SQLException {
        List<Look> looks = new ArrayList<>(result.looks().size());
        boolean stamps = parts.safeguards().contains(Safeguard.STAMPS);
        for (Look look : result.looks()) {
            if (stamps && recent.isOutdated(new Key(look.directory(), look.name()), look.stamp())) {
                passOver(result, look);
                continue;
            }
            looks.add(look);
            Stat stat = look.stat();
            if (stamps
                    && stat != null
                    && recent.isOutdatedLinked(
                            parts.filesystemIds().byDevice(stat.device()), stat.inode(), look.stamp())) {
                dirty.hint(new Key(look.directory(), look.name()), Bits.CONTENT | Bits.METADATA, now, now);
            }
            if (Bits.has(look.bits(), Bits.RACY)) {
                Dirty again = dirty.hint(new Key(look.directory(), look.name()), Bits.RACY, now, now);
                again.notBefore = now + Looker.TICK_NANOS;
            }
        }
        if (result.task().fresh() && !flight.written()) {
            applier.applyFresh(looks, filling);
        } else if (!looks.isEmpty()) {
            applier.apply(looks, Set.of());
        }
    }

    /** What a look came too late to say of a directory has been said, but the scan is to go on below it. */
    private void passOver(ListingResult result, Look look) throws SQLException {
        Entry row = result.task().recursive() ? store.byName(look.directory(), look.name()) : null;
        if (row != null && row.isDirectory()) {
            consequences.hint(look.directory(), look.name(), Bits.SCAN, look.origin());
        }
    }

    /** Whether the directory that was listed is the one that was meant: its path may have come to be another's. */
    private boolean isItself(Entry row, ListingResult.Self self) throws SQLException {
        if (row.inode() != self.stat().inode()
                || parts.filesystemIds().byDevice(self.stat().device()) != row.filesystem()) {
            return false;
        }
        Handle handle = self.handle();
        byte[] known = handle == null ? null : store.handles().of(row.id());
        if (handle != null && known == null) {
            store.handles().put(row.filesystem(), handle.bytes(), row.id());
        }
        return handle == null || known == null || Arrays.equals(known, handle.bytes());
    }

    private void end(ListingResult result, Entry row, Listings.Flight flight, long now)
            throws SQLException, IOException {
        Listings.Request request = flight.request();
        ListingResult.Self self = result.self();
        LinuxException problem = result.problem();
        boolean moved = problem instanceof NotFoundException || (self != null && !isItself(row, self));
        if (moved) {
            Roots.State root = parts.roots().byId(row.id());
            if (root != null) {
                consequences.inQuestion(root);
            } else if (!parts.roots().above(result.task().path()).isInQuestion()) {
                // It, or a directory above it, is on the move: its row will move or cease.
                consequences.hint(row.parent(), row.name(), Bits.METADATA, now);
                listings.askLater(request.again(request.recursive()), now + Listings.patience(request.attempt()));
            }
            return;
        }
        if (problem != null) {
            unreadable(row, problem.reason());
            return;
        }
        if (flight.isOutdated()) {
            listings.askLater(request.again(request.recursive()), now);
            return;
        }
        if (store.problems().has(row.id())) {
            store.problems().clear(row.id());
            store.gaps().remove(row.id(), GapReason.UNREADABLE);
        }
        if (result.unwatchable() != null) {
            consequences.unwatchable(row, result.unwatchable());
        } else if (result.watch() >= 0) {
            store.gaps().remove(row.id(), GapReason.UNWATCHABLE);
        }
        if (result.watch() >= 0 && consequences.isLostWatch(result.watch())) {
            listings.askLater(request.again(false), now);
            return;
        }
        boolean again = flight.hinted() && parts.safeguards().contains(Safeguard.SECOND_LISTING);
        if (again && request.attempt() < Listings.ATTEMPTS) {
            listings.askLater(request.again(false), now + dirty.quietNanos());
        }
    }

    private void unreadable(Entry row, String why) throws SQLException {
        if (!store.problems().has(row.id())) {
            store.problems().put(row.id(), "cannot be listed: " + why);
            store.gaps().remove(row.id(), GapReason.UNREADABLE);
            store.gaps().add(row.id(), GapReason.UNREADABLE, false);
        }
    }
}
