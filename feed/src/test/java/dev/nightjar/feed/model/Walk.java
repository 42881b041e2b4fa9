package dev.nightjar.feed.model;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The same tree twice: as a walk finds it, and as the catalog has it. */
final class Walk {
    private final Map<BytePath, Row> rows = new TreeMap<>();

    private Walk() {}

    /** What is on disk, by path. */
    static Map<BytePath, Row> ofDisk(BytePath root) throws IOException {
        Walk walk = new Walk();
        try (Directory top = Directory.open(root)) {
            walk.rows.put(root, Row.of(top.stat(), null, top.selfXattrs()));
            walk.below(top, root, Names.selection().judgeRoot(root, Picker.ignoreFile(top), false));
        }
        return walk.rows;
    }

    private void below(Directory directory, BytePath path, DirectoryRules rules) throws IOException {
        List<Name> names = new ArrayList<>();
        directory.list((name, type) -> names.add(name));
        for (Name name : names) {
            Stat stat = directory.stat(name);
            boolean isDirectory = stat.type() == FileType.DIRECTORY;
            if (!rules.judge(name, isDirectory).included()) {
                continue;
            }
            byte[] target = stat.type() == FileType.SYMLINK ? directory.readLink(name) : null;
            rows.put(path.resolve(name), Row.of(stat, target, directory.xattrs(name)));
            if (isDirectory) {
                try (Directory deeper = directory.openDirectory(name)) {
                    below(deeper, path.resolve(name), Picker.enter(rules, name, deeper));
                }
            }
        }
    }

    /** What the catalog has, by path. */
    static Map<BytePath, Row> ofCatalog(ChangeFeed feed) throws IOException {
        return feed.read(reader -> {
            Walk walk = new Walk();
            for (Entry root : reader.roots()) {
                walk.below(reader, root, reader.path(root.id()));
            }
            return walk.rows;
        });
    }

    private void below(CatalogReader reader, Entry entry, BytePath path) throws SQLException {
        BytePath derived = reader.path(entry.id());
        if (!derived.equals(path)) {
            throw new AssertionError("the path of " + entry.id() + " is derived as " + derived + ", not " + path);
        }
        rows.put(path, Row.of(entry));
        List<Entry> children = new ArrayList<>();
        reader.children(entry.id(), children::add);
        for (Entry child : children) {
            below(reader, child, path.resolve(child.name()));
        }
    }

    /**
     * How the catalog differs from the disk, in words.
     *
     * @param unseen inodes that may have changed under names that were there too shortly for inotify to tell of
     */
    static List<String> differences(Map<BytePath, Row> disk, Map<BytePath, Row> catalog, Set<Long> unseen) {
        List<String> differences = new ArrayList<>();
        TreeSet<BytePath> paths = new TreeSet<>(disk.keySet());
        paths.addAll(catalog.keySet());
        for (BytePath path : paths) {
            Row expected = disk.get(path);
            Row actual = catalog.get(path);
            if (expected == null) {
                differences.add("too much: " + path + " " + actual);
            } else if (actual == null) {
                differences.add("missing: " + path + " " + expected);
            } else if (!expected.equals(actual)
                    && !(expected.inode() == actual.inode() && unseen.contains(actual.inode()))) {
                differences.add("different: " + path + "\n  disk    " + expected + "\n  catalog " + actual);
            }
        }
        return differences;
    }
}
