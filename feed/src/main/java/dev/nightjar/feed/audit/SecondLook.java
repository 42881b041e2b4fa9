package dev.nightjar.feed.audit;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.scan.Borders;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at single names once more: first what the catalog says now, then what is on disk. */
final class SecondLook {
    /**
     * What was seen of names in one directory.
     *
     * @param path of the directory; null if it has no row any more
     * @param sights in the order of the names; null where nothing can be said
     */
    record Seen(@Nullable BytePath path, List<@Nullable Sight> sights) {}

    /** What the catalog says of a directory and of names in it. */
    private record Rows(@Nullable Entry directory, @Nullable BytePath path, List<@Nullable Entry> names) {}

    private final Scope scope;

    SecondLook(Scope scope) {
        this.scope = scope;
    }

    /** Looks at suspects of one directory. */
    Seen look(long directory, List<Suspect> suspects) throws IOException {
        Rows rows = rows(directory, suspects);
        Entry itself = rows.directory;
        BytePath path = rows.path;
        List<@Nullable Sight> sights = new ArrayList<>();
        if (itself == null || path == null) {
            suspects.forEach(suspect -> sights.add(null));
            return new Seen(null, sights);
        }
        try (Directory open = scope.open(path)) {
            Stat self = open.stat();
            DirectoryRules rules = scope.rules(path);
            boolean isItself = self.inode() == itself.inode();
            for (int i = 0; i < suspects.size(); i++) {
                Name name = suspects.get(i).name();
                if (!isItself) {
                    sights.add(null);
                } else if (name == null) {
                    sights.add(new Sight(itself, self, false, true));
                } else {
                    sights.add(sight(open, self, path, rules, name, rows.names.get(i)));
                }
            }
        } catch (LinuxException e) {
            sights.clear();
            suspects.forEach(suspect -> sights.add(null));
        }
        return new Seen(path, sights);
    }

    private Rows rows(long directory, List<Suspect> suspects) throws IOException {
        return scope.setting().readers().read(reader -> {
            Entry itself = reader.entry(directory);
            if (itself == null) {
                return new Rows(null, null, List.of());
            }
            List<@Nullable Entry> names = new ArrayList<>();
            for (Suspect suspect : suspects) {
                Name name = suspect.name();
                names.add(name == null ? itself : reader.child(directory, name));
            }
            return new Rows(itself, reader.path(directory), names);
        });
    }

    private @Nullable Sight sight(
            Directory directory, Stat self, BytePath path, DirectoryRules rules, Name name, @Nullable Entry row) {
        try {
            Stat stat = directory.statOrNull(name);
            if (stat == null) {
                return new Sight(row, null, false, true);
            }
            Borders borders = scope.setting().borders();
            boolean isDirectory = stat.type() == FileType.DIRECTORY;
            if (!borders.include(rules, path, name, isDirectory)) {
                return new Sight(row, null, true, true);
            }
            return new Sight(row, stat, false, !isDirectory || borders.enter(self, stat));
        } catch (LinuxException e) {
            return null;
        }
    }
}
