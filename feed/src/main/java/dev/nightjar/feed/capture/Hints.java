package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.feed.watch.Event;
import dev.nightjar.feed.watch.Place;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Handle;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Turns events into dirty names, and what changed rows entail into more of them. */
final class Hints implements Consequences {
    private static final int WARNINGS = 20;

    private final Parts parts;
    private final CatalogStore store;
    private final DirtySet dirty;
    private final Listings listings;
    private final Unresolved unresolved;
    private final Watching watching;
    private final LongSupplier nanos;
    private final Resolver resolver;
    private final Set<Integer> lostWatches = new HashSet<>();
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private volatile long watches;
    private volatile List<BytePath> leftOut = List.of();
    private @Nullable Results results;
    private @Nullable Healing healing;
    private long retryDue;

    Hints(
            Parts parts,
            DirtySet dirty,
            Listings listings,
            Unresolved unresolved,
            Watching watching,
            LongSupplier nanos) {
        this.parts = parts;
        this.store = parts.store();
        this.dirty = dirty;
        this.listings = listings;
        this.unresolved = unresolved;
        this.watching = watching;
        this.nanos = nanos;
        this.resolver = new Resolver(parts, this);
    }

    void connect(Results theResults, Healing theHealing) {
        results = theResults;
        healing = theHealing;
    }

    Resolver resolver() {
        return resolver;
    }

    // What the kernel said.

    void heard(Event event, long now) throws SQLException, IOException {
        heard(event, now, now, true);
    }

    private void heard(Event event, long now, long origin, boolean mayWait) throws SQLException, IOException {
        Place place = event.place();
        if (Bits.has(event.bits(), Bits.UNWATCHED) && place instanceof Place.ByWatch lost) {
            unwatched(lost.watch(), origin);
            return;
        }
        long directory = place == null ? 0 : resolver.directory(place);
        long to = event.to() == null ? 0 : resolver.directory(event.to());
        Handle target = event.target();
        boolean waits = mayWait
                && ((directory == 0 && place != null && mayComeToBeOurs(place, origin))
                        || (to == 0 && event.to() != null && mayComeToBeOurs(event.to(), origin)));
        if (directory == 0 && to == 0) {
            if (waits) {
                keep(event, origin, null, false);
            } else if (target != null) {
                boolean settled = listings.isIdle() && dirty.size() == 0;
                resolver.hintFile(event.fsid(), target, event.bits(), origin, settled);
                if (!listings.isIdle() && mayWait) {
                    // A listing under way may have looked before, and have a row for it after.
                    keep(event, origin, null, false);
                }
            }
            return;
        }
        if (target != null) {
            resolver.isOurs(event.fsid(), target);
        }
        Key from = directory == 0 ? null : new Key(directory, event.name());
        Dirty left = from == null ? null : add(from, event.bits(), now, origin);
        if (waits) {
            // Of the name that it left, too: a listing under way may have seen it there, and take it back.
            keep(event, origin, from, to != 0);
        }
        if (to == 0) {
            return;
        }
        // What was said about the file under its old name goes with it; of one from elsewhere nothing is known.
        int bits = Bits.MOVED_TO | (left == null ? Bits.CONTENT : left.bits & (Bits.CONTENT | Bits.METADATA));
        Dirty arrived = add(new Key(to, event.toName()), bits, now, origin);
        arrived.partner = from;
        if (left != null) {
            left.partner = arrived.key;
        }
    }

    private void keep(Event event, long origin, @Nullable Key from, boolean arrived) {
        unresolved.add(new Unresolved.Waiting(event, origin, !listings.heals().isEmpty(), from, arrived));
    }

    private boolean mayComeToBeOurs(Place place, long origin) throws SQLException, IOException {
        return switch (place) {
            case Place.ById known -> false;
            case Place.ByWatch watch -> !listings.isIdle();
            case Place.ByHandle handle -> resolver.isPending(handle, origin);
        };
    }

    /** A watch is gone: its directory is, or must be watched again and listed. */
    private void unwatched(int watch, long origin) throws SQLException, IOException {
        long id = resolver.unwatched(watch);
        if (id != 0) {
            listings.ask(new Listings.Request(id, false, false, 0, origin, 0));
        } else if (!listings.isIdle()) {
            lostWatches.add(watch);
        }
    }

    @Override
    public boolean isLostWatch(int watch) {
        if (!lostWatches.remove(watch)) {
            return false;
        }
        resolver.unwatched(watch);
        return true;
    }

    private Dirty add(Key key, int bits, long now, long origin) {
        listings.hinted(key.directory());
        return dirty.hint(key, bits, now, origin);
    }

    /** Tries again what could not be resolved; drops it once nothing is under way that could help. */
    void retry(long now) throws SQLException, IOException {
        if (listings.isIdle()) {
            lostWatches.clear();
        }
        if (unresolved.isEmpty() || (now < retryDue && !listings.isIdle())) {
            return;
        }
        boolean idle = listings.isIdle() && dirty.size() == 0;
        if (listings.isIdle() && !idle && now < retryDue) {
            return;
        }
        long began = nanos.getAsLong();
        long over = Long.MIN_VALUE;
        long underWay = Long.MAX_VALUE;
        for (Unresolved.Waiting waiting : unresolved.takeAll()) {
            // Whatever began after an event has seen what it was about; beside a busy writer there is always something.
            long origin = waiting.origin();
            if (origin > over && origin < underWay) {
                if (listings.hasSince(origin) || dirty.hasSince(origin)) {
                    underWay = origin;
                } else {
                    over = origin;
                }
            }
            boolean healed = !waiting.healing() || listings.heals().isEmpty();
            boolean last = idle || (healed && origin <= over);
            Event event = waiting.event();
            Place place = event.place();
            Place to = event.to();
            boolean found = !waiting.arrived() && to != null && resolver.directory(to) != 0;
            found |= waiting.from() == null && place != null && resolver.directory(place) != 0;
            if (found || (last && event.target() != null)) {
                heard(event, now, origin, found && !last);
                over = Long.MIN_VALUE; // it may have led to something
            } else if (!last) {
                unresolved.add(waiting);
            }
        }
        if (unresolved.takeOverflowed()) {
            healing().gap(null, GapReason.OVERFLOW);
        }
        long took = nanos.getAsLong() - began;
        retryDue = now + Math.max(20_000_000, 10 * took);
    }

    long retryDue() {
        return retryDue;
    }

    // What follows from changes of rows.

    @Override
    public void hint(long directory, @Nullable Name name, int bits, long origin) {
        long now = nanos.getAsLong();
        Dirty added = add(new Key(directory, name), bits, now, origin);
        if (Bits.has(bits, Bits.RACY)) {
            added.notBefore = now + Looker.TICK_NANOS;
        }
    }

    @Override
    public boolean isDeparting(Key name) {
        return unresolved.isDeparting(name);
    }

    @Override
    public int pendingBits(long directory, Name name) {
        return dirty.bits(new Key(directory, name));
    }

    @Override
    public void found(Entry directory, Look look, Arrival arrival) {
        ListingResult result = results().current();
        try {
            boolean goesOn = result == null
                    ? Bits.has(look.bits(), Bits.SCAN)
                    : result.task().recursive();
            if (arrival == Arrival.KNOWN && !goesOn) {
                if (store.problems().has(directory.id())) {
                    ask(directory, false, false, 0, look.origin());
                }
                return;
            }
            boolean fresh = arrival == Arrival.NEW;
            if (arrival == Arrival.NEW) {
                resolver.forgetNotOurs();
            }
            if (result == null) {
                ask(directory, fresh, true, 0, look.origin());
                return;
            }
            DirectoryRules rules = result.rules();
            listings.ask(
                    new Listings.Request(
                            directory.id(), fresh, true, result.task().heal(), look.origin(), 0),
                    result.task().path().resolve(look.name()),
                    rules);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void ask(Entry directory, boolean fresh, boolean recursive, long heal, long origin)
            throws SQLException, IOException {
        listings.ask(new Listings.Request(directory.id(), fresh, recursive, heal, origin, 0));
    }

    @Override
    public void ceased(long directory) {
        parts.directories().forget(directory);
        long watch = resolver.ceased(directory);
        if (watch != 0) {
            try {
                watching.unwatch((int) watch);
            } catch (LinuxException e) {
                warn("a watch could not be ended: " + e.getMessage());
            }
        }
    }

    @Override
    public void rulesChanged(long directory) {
        parts.directories().clearRules();
        try {
            if (store.byId(directory) != null) {
                healing().gap(directory, GapReason.SELECTION);
            }
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void unwatchable(Entry directory, String why) {
        try {
            store.gaps().remove(directory.id(), GapReason.UNWATCHABLE);
            store.gaps().add(directory.id(), GapReason.UNWATCHABLE, false);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
        warn("not all directories can be watched: " + why);
    }

    @Override
    public void inQuestion(Roots.State root) {
        try {
            healing().lookAgain(root);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void emptied(Roots.State root) {
        try {
            healing().emptied(root);
        } catch (SQLException e) {
            throw new UncheckedIOException(new IOException(e));
        }
    }

    void warn(String warning) {
        if (warnings.size() < WARNINGS && !warnings.contains(warning)) {
            warnings.add(warning);
        }
    }

    List<String> warnings() {
        return List.copyOf(warnings);
    }

    /** Keeps what other threads may ask for. */
    void publish() {
        watches = resolver.watches();
        if (leftOut.size() != results().leftOut().size()) {
            leftOut = List.copyOf(results().leftOut());
        }
    }

    List<BytePath> leftOut() {
        return leftOut;
    }

    long watches() {
        return watches;
    }

    private Results results() {
        if (results == null) {
            throw new IllegalStateException("not connected");
        }
        return results;
    }

    private Healing healing() {
        if (healing == null) {
            throw new IllegalStateException("not connected");
        }
        return healing;
    }
}
