package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Says whether a directory that moved has to be listed with all that is below. It has not, when nothing was being listed, so
 * that its rows are all that events told of, and when every rule says of what is below what it said at the old place.
 */
final class Relocation {
    private final CatalogStore store;
    private final Directories directories;
    private final Borders borders;
    private final Listings listings;
    private final Consequences consequences;

    Relocation(Parts parts, Listings listings, Consequences consequences) {
        this.store = parts.store();
        this.directories = parts.directories();
        this.borders = parts.borders();
        this.listings = listings;
        this.consequences = consequences;
    }

    /**
     * Whether the rows below a directory that is about to get another place can stay as they are. Asked before its row moves.
     *
     * @param isLookedAt whether a name is looked at together with it
     */
    boolean keepsRows(Entry row, long parent, Name name, Predicate<Key> isLookedAt) throws SQLException {
        if (!listings.isIdle()) {
            return false;
        }
        List<Entry> here = above(parent);
        List<Entry> there = above(row.parent());
        int common = 0;
        while (common < Math.min(here.size(), there.size())
                && here.get(common).id() == there.get(common).id()) {
            common++;
        }
        if (common == 0 || meetsOurPlaces(parent, name) || meetsOurPlaces(row.parent(), row.name())) {
            return false;
        }
        List<Name> before = new ArrayList<>();
        for (Entry directory : there.subList(common, there.size())) {
            if (mayHaveSpoken(directory.id(), Selection.IGNORE_FILE, isLookedAt)
                    || mayHaveSpoken(directory.id(), Selection.CACHE_TAG, isLookedAt)) {
                return false;
            }
            before.add(directory.name());
        }
        before.add(row.name());
        try {
            return directories.rules(parent).decideBelowAsBefore(name, here.size() - common, before);
        } catch (LinuxException | ElsewhereException e) {
            return false; // a directory above is on the move
        } catch (IOException e) {
            throw new SQLException(e);
        }
    }

    /** Whether the rows below were, or may have been, decided by a file that is not above them any more. */
    private boolean mayHaveSpoken(long directory, Name file, Predicate<Key> isLookedAt) throws SQLException {
        Key key = new Key(directory, file);
        return store.byName(directory, file) != null
                || isLookedAt.test(key)
                || consequences.pendingBits(directory, file) != 0;
    }

    /** Whether state or target is, or would be, below. */
    private boolean meetsOurPlaces(long parent, Name name) throws SQLException {
        BytePath path = directories.path(parent);
        return path == null || borders.excluded().stream().anyMatch(place -> place.startsWith(path.resolve(name)));
    }

    /** The directory itself last, the root first; empty if there is no way up to a root. */
    private List<Entry> above(long directory) throws SQLException {
        List<Entry> way = new ArrayList<>();
        long at = directory;
        while (at > 0) {
            Entry row = store.byId(at);
            if (row == null) {
                return List.of();
            }
            way.addFirst(row);
            at = row.parent();
        }
        return at == 0 ? way : List.of();
    }
}
