package dev.nightjar.feed.capture;

import dev.nightjar.feed.RootState;
import dev.nightjar.feed.catalog.CatalogStore;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.scan.RuleFiles;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds the roots that were emptied: that is a question, not a fact (C17). */
final class EmptiedRoots {
    private final CatalogStore store;
    private final Roots roots;
    private final RuleFiles ruleFiles;
    private final Borders borders;

    EmptiedRoots(CatalogStore store, Roots roots, RuleFiles ruleFiles, Borders borders) {
        this.store = store;
        this.roots = roots;
        this.ruleFiles = ruleFiles;
        this.borders = borders;
    }

    /** Those all of whose rows would be removed by looks, and that have nothing else that is part of the selection. */
    List<Roots.State> among(List<Look> looks, Map<Key, Look> batch) throws SQLException {
        List<Roots.State> emptied = new ArrayList<>();
        for (Roots.State root : roots.all()) {
            boolean missing = looks.stream().anyMatch(look -> look.directory() == root.id() && look.stat() == null);
            if (missing && !root.accepts(RootState.EMPTIED) && losesAll(root, batch) && !hasEntries(root)) {
                emptied.add(root);
            }
        }
        return emptied;
    }

    /** Whether the rows of a directory stay though there is nothing under their names: its root is in question. */
    boolean keepsRows(@Nullable BytePath directory) {
        return directory != null && !roots.settled() && roots.above(directory).isInQuestion();
    }

    private boolean losesAll(Roots.State root, Map<Key, Look> batch) throws SQLException {
        boolean[] removed = {false};
        boolean[] stays = {false};
        store.children(root.id(), row -> {
            Look look = batch.get(new Key(row.parent(), row.name()));
            boolean missing = look != null && look.stat() == null;
            removed[0] |= missing;
            stays[0] |= !missing;
        });
        return removed[0] && !stays[0];
    }

    /**
     * Whether there is anything that is part of the selection, whatever the rows say: an ignore file that went leaves a root
     * without rows, and with entries that come to be part of it. False also when it cannot be listed.
     */
    boolean hasEntries(Roots.State root) {
        boolean[] others = {false};
        try (Directory directory = roots.open(root)) {
            DirectoryRules rules = ruleFiles.root(root.path(), directory);
            directory.list(
                    (name, type) -> others[0] |= borders.include(rules, root.path(), name, type == FileType.DIRECTORY));
        } catch (IOException e) {
            return false;
        }
        return others[0];
    }
}
