package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.ListingTask;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Which directories are being listed, and for what. */
final class Listings {
    static final int ATTEMPTS = 8;
    private static final long PATIENCE = 10_000_000;

    /** How long to wait for a directory on the move, the longer the more often that was in vain: to 1.3 s. */
    static long patience(int attempt) {
        return PATIENCE << Math.min(attempt, 7);
    }

    /** A listing asked for. */
    static final class Flight {
        private final Request request;
        private final long rulesAge;
        private boolean hinted;
        private boolean outdated;
        private boolean written;
        private @Nullable Request next;

        private Flight(Request request, long rulesAge) {
            this.request = request;
            this.rulesAge = rulesAge;
        }

        Request request() {
            return request;
        }

        /** Whether something in the directory was hinted since the listing was asked for. */
        boolean hinted() {
            return hinted;
        }

        /** {@link Directories#rulesAge} when the listing was asked for. */
        long rulesAge() {
            return rulesAge;
        }

        /** What it found was judged by rules that do not hold any more. */
        void outdated() {
            outdated = true;
        }

        boolean isOutdated() {
            return outdated;
        }

        /** Whether rows of the directory were written by others since. */
        boolean written() {
            return written;
        }
    }

    /** What is wanted of a directory. */
    record Request(long directory, boolean fresh, boolean recursive, long heal, long origin, int attempt) {
        Request again(boolean deep) {
            return new Request(directory, false, deep, heal, origin, attempt + 1);
        }
    }

    private record Delayed(Request request, long due) {}

    private final CatalogStore store;
    private final Directories directories;
    private final Roots roots;
    private final Recent recent;
    private final Map<Long, Flight> flights = new HashMap<>();
    private final Map<Long, Heal> heals = new HashMap<>();
    private final PriorityQueue<Delayed> delayed = new PriorityQueue<>(Comparator.comparingLong(Delayed::due));
    private List<ListingTask> ready = new ArrayList<>();

    Listings(CatalogStore store, Directories directories, Roots roots, Recent recent) {
        this.store = store;
        this.directories = directories;
        this.roots = roots;
        this.recent = recent;
    }

    /** Begins to heal a gap. */
    void heal(long gap) {
        heals.put(gap, new Heal(gap));
    }

    List<Heal> heals() {
        return List.copyOf(heals.values());
    }

    void healed(Heal heal) {
        heals.remove(heal.gap);
    }

    /** Asks for a listing, of a directory whose path and rules are to be found out. */
    void ask(Request request) throws SQLException, IOException {
        ask(request, null, null);
    }

    /** Asks for a listing. */
    void ask(Request request, @Nullable BytePath path, @Nullable DirectoryRules above)
            throws SQLException, IOException {
        started(request);
        begin(request, path, above);
    }

    private void begin(Request request, @Nullable BytePath path, @Nullable DirectoryRules above)
            throws SQLException, IOException {
        Flight flight = flights.get(request.directory());
        if (flight != null) {
            Request waiting = flight.next;
            flight.next = waiting == null ? request : merged(waiting, request);
            return;
        }
        Entry row = store.byId(request.directory());
        BytePath where = path == null ? directories.path(request.directory()) : path;
        if (row == null || where == null) {
            ended(request);
            return;
        }
        DirectoryRules rules;
        try {
            rules = above != null || row.parent() == 0 ? above : directories.above(row);
        } catch (NotFoundException | ElsewhereException e) {
            if (roots.above(where).isInQuestion()) {
                ended(request); // its row stays wherever it is: it would be tried without end, and no barrier would end
            } else {
                postpone(request); // a directory above moved: hints about it are on their way
            }
            return;
        } catch (LinuxException e) {
            if (request.attempt() < ATTEMPTS) {
                postpone(request);
            } else {
                store.problems().put(row.id(), "cannot be listed: " + e.reason());
                ended(request);
            }
            return;
        }
        flights.put(request.directory(), new Flight(request, directories.rulesAge()));
        recent.recording(true);
        ready.add(new ListingTask(
                request.directory(),
                roots.above(where).root(),
                where,
                rules,
                request.fresh(),
                request.recursive(),
                request.heal(),
                request.origin(),
                request.attempt()));
    }

    private void postpone(Request request) {
        delayed.add(new Delayed(request.again(request.recursive()), System.nanoTime() + patience(request.attempt())));
    }

    /** One listing can serve two wishes. */
    private Request merged(Request one, Request other) {
        ended(one.heal() < other.heal() ? one : other); // the younger gap's scan has all of the older's to do
        return new Request(
                one.directory(),
                false,
                one.recursive() || other.recursive(),
                Math.max(one.heal(), other.heal()),
                Math.min(one.origin(), other.origin()),
                Math.min(one.attempt(), other.attempt()));
    }

    /** Asks for a listing later. */
    void askLater(Request request, long due) {
        started(request);
        delayed.add(new Delayed(request, due));
    }

    /** Begins what was to be done later. */
    void due(long now) throws SQLException, IOException {
        Delayed head = delayed.peek();
        while (head != null && head.due() <= now) {
            delayed.remove();
            begin(head.request(), null, null);
            head = delayed.peek();
        }
    }

    @Nullable
    Long nextDue() {
        Delayed head = delayed.peek();
        return head == null ? null : head.due();
    }

    private void started(Request request) {
        Heal heal = heals.get(request.heal());
        if (heal != null) {
            heal.outstanding++;
            heal.listed = 0;
        }
    }

    private void ended(Request request) {
        Heal heal = heals.get(request.heal());
        if (heal != null) {
            heal.outstanding--;
        }
    }

    @Nullable
    Flight flight(long directory) {
        return flights.get(directory);
    }

    /** A listing was ended by its last part. What was asked for meanwhile begins. */
    void ended(Flight flight) throws SQLException, IOException {
        flights.remove(flight.request.directory());
        ended(flight.request);
        Request next = flight.next;
        if (next != null) {
            begin(next, null, null);
        }
        if (isIdle()) {
            recent.recording(false);
        }
    }

    /** Something in a directory was hinted. */
    void hinted(long directory) {
        Flight flight = flights.isEmpty() ? null : flights.get(directory);
        if (flight != null) {
            flight.hinted = true;
            flight.written = true;
        }
    }

    /** Tasks for the workers. */
    List<ListingTask> takeReady() {
        if (ready.isEmpty()) {
            return List.of();
        }
        List<ListingTask> taken = ready;
        ready = new ArrayList<>();
        return taken;
    }

    boolean isIdle() {
        return flights.isEmpty() && delayed.isEmpty();
    }

    int size() {
        return flights.size() + delayed.size();
    }

    /** Whether a listing is under way, other than to heal a gap, that a hint not after a time led to. */
    boolean hasSince(long origin) {
        for (Flight flight : flights.values()) {
            Request next = flight.next;
            if (isSince(flight.request, origin) || (next != null && isSince(next, origin))) {
                return true;
            }
        }
        for (Delayed later : delayed) {
            if (isSince(later.request(), origin)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isSince(Request request, long origin) {
        return request.heal() == 0 && request.origin() <= origin;
    }
}
