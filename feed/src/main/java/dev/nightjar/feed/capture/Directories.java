package dev.nightjar.feed.capture;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.LinuxException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where directories are, how they are opened, and which rules apply in them. */
final class Directories {
    private static final int KEPT = 8192;

    private final CatalogStore store;
    private final Roots roots;
    private final RuleFiles ruleFiles;
    private final Map<Long, BytePath> paths = lru();
    private final Map<Long, DirectoryRules> rules = lru();
    private long rulesAge;

    Directories(CatalogStore store, Roots roots, RuleFiles ruleFiles) {
        this.store = store;
        this.roots = roots;
        this.ruleFiles = ruleFiles;
    }

    private static <V> Map<Long, V> lru() {
        return new LinkedHashMap<>(256, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<Long, V> eldest) {
                return size() > KEPT;
            }
        };
    }

    /** The path of a directory, or null if it has no row, or one above has none. */
    @Nullable
    BytePath path(long id) throws SQLException {
        BytePath known = paths.get(id);
        if (known == null) {
            known = store.path(id);
            if (known != null) {
                paths.put(id, known);
            }
        }
        return known;
    }

    /** Opens a directory of which there is a path, without asking whether it is the one of the row. */
    Directory open(BytePath path) throws LinuxException {
        Roots.State root = roots.above(path);
        try (Directory top = roots.open(root)) {
            return top.openBeneath(root.path().relativize(path));
        }
    }

    /** The rules for names in a directory that is open. */
    DirectoryRules rules(long id, Directory directory) throws SQLException, IOException {
        DirectoryRules known = rules.get(id);
        if (known != null) {
            return known;
        }
        Entry row = store.byId(id);
        BytePath path = path(id);
        if (row == null || path == null) {
            throw new SQLException("no row " + id);
        }
        DirectoryRules found;
        if (row.parent() == 0) {
            found = ruleFiles.root(path, directory);
        } else {
            found = ruleFiles.enter(above(row), row.name(), directory);
        }
        rules.put(id, found);
        return found;
    }

    /**
     * The rules for names in the directory that a row is in.
     *
     * @throws ElsewhereException if its path leads to another now
     */
    DirectoryRules above(Entry row) throws SQLException, IOException {
        return rules(row.parent());
    }

    /**
     * The rules for names in a directory.
     *
     * @throws ElsewhereException if its path leads to another now
     */
    DirectoryRules rules(long id) throws SQLException, IOException {
        DirectoryRules known = rules.get(id);
        if (known != null) {
            return known;
        }
        Entry row = store.byId(id);
        BytePath path = path(id);
        if (row == null || path == null) {
            throw new SQLException("no row " + id);
        }
        try (Directory directory = open(path)) {
            if (directory.stat().inode() != row.inode()) {
                throw new ElsewhereException(path); // its rules would be kept as those of the one that is meant
            }
            return rules(id, directory);
        }
    }

    /** Remembers rules that a listing found. */
    void rules(long id, DirectoryRules found) {
        rules.put(id, found);
    }

    /** Grows whenever rules that were handed out may not hold any more. */
    long rulesAge() {
        return rulesAge;
    }

    /** Directories moved. */
    void clear() {
        rulesAge++;
        paths.clear();
        rules.clear();
    }

    /** A directory ceased. */
    void forget(long id) {
        paths.remove(id);
        rules.remove(id);
    }

    /** What is part of the selection was decided anew. */
    void clearRules() {
        rulesAge++;
        rules.clear();
    }
}
