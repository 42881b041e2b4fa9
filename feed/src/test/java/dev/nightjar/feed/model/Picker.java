package dev.nightjar.feed.model;

import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Finds something by chance in a tree, and knows whether it is part of the selection. */
final class Picker {
    private final RandomGenerator random;
    private final BytePath top;
    private final boolean selected;

    /**
     * @param top the path that trees are opened by
     * @param selected whether it is the root of the selection; if not, nothing in it is selected
     */
    Picker(RandomGenerator random, BytePath top, boolean selected) {
        this.random = random;
        this.top = top;
        this.selected = selected;
    }

    BytePath top() {
        return top;
    }

    /**
     * A directory entry; whoever picked it closes it.
     *
     * @param parent the directory it is in, open
     * @param parentPath the path of that
     * @param rules of the parent; null outside the selection
     */
    record Picked(
            Directory parent,
            BytePath parentPath,
            Name name,
            FileType type,
            @Nullable DirectoryRules rules) implements AutoCloseable {
        boolean visible() {
            return rules != null
                    && rules.judge(name, type == FileType.DIRECTORY).included();
        }

        /** Whether a file of that name in the parent would be part of the selection. */
        boolean shows(Name file) {
            return rules != null && rules.judge(file, false).included();
        }

        boolean isNamedLeftOut() {
            return Names.isLeftOut(name);
        }

        BytePath path() {
            return parentPath.resolve(name);
        }

        /** Whether another name may be the selected one, so that inotify sees nothing of what happens to this one. */
        boolean secretly() throws LinuxException {
            return !visible() && type != FileType.DIRECTORY && parent.stat(name).links() > 1;
        }

        @Override
        public void close() {
            parent.close();
        }
    }

    /** A random entry, or null if chance found none. */
    @Nullable
    Picked entry(Set<FileType> wanted) throws IOException {
        Directory at = Directory.open(top);
        Picked found = null;
        try {
            BytePath path = top;
            DirectoryRules rules = selected ? rules(at) : null;
            Name name = randomName(at);
            Stat stat = name == null ? null : at.statOrNull(name);
            while (name != null && stat != null && found == null) {
                boolean directory = stat.type() == FileType.DIRECTORY;
                if (wanted.contains(stat.type()) && (!directory || random.nextInt(3) == 0)) {
                    found = new Picked(at, path, name, stat.type(), rules);
                } else if (!directory) {
                    return null;
                } else {
                    Directory deeper = at.openDirectory(name);
                    at.close();
                    at = deeper;
                    path = path.resolve(name);
                    rules = rules == null ? null : enter(rules, name, at);
                    name = randomName(at);
                    stat = name == null ? null : at.statOrNull(name);
                }
            }
            return found;
        } finally {
            if (found == null) {
                at.close(); // also when somebody else was quicker, and it is gone
            }
        }
    }

    /** A random directory, the top now and then. */
    Picked directory() throws IOException {
        Picked deep = deepDirectory(random.nextInt(4));
        if (deep == null) {
            return picked(Directory.open(top), top, at -> selected ? rules(at) : null);
        }
        try (deep) {
            DirectoryRules above = deep.rules();
            return picked(
                    deep.parent().openDirectory(deep.name()),
                    deep.path(),
                    at -> above == null ? null : enter(above, deep.name(), at));
        }
    }

    private interface Rules {
        @Nullable
        DirectoryRules of(Directory directory) throws IOException;
    }

    private static Picked picked(Directory at, BytePath path, Rules rules) throws IOException {
        try {
            return new Picked(at, path, Name.of("."), FileType.DIRECTORY, rules.of(at));
        } catch (IOException e) {
            at.close();
            throw e;
        }
    }

    private @Nullable Picked deepDirectory(int attempts) throws IOException {
        Picked found = null;
        for (int i = 0; found == null && i < attempts; i++) {
            found = entry(Set.of(FileType.DIRECTORY));
        }
        return found;
    }

    private @Nullable Name randomName(Directory directory) throws IOException {
        List<Name> names = new ArrayList<>();
        directory.list((name, type) -> {
            if (!name.equals(Names.ANCHOR)) {
                names.add(name);
            }
        });
        names.sort(null);
        return names.isEmpty() ? null : names.get(random.nextInt(names.size()));
    }

    private DirectoryRules rules(Directory root) throws IOException {
        return Names.selection().judgeRoot(top, ignoreFile(root), false);
    }

    static DirectoryRules enter(DirectoryRules rules, Name name, Directory directory) throws IOException {
        return rules.enter(name, ignoreFile(directory), false);
    }

    static byte @Nullable [] ignoreFile(Directory directory) throws IOException {
        Stat stat = directory.statOrNull(Selection.IGNORE_FILE);
        if (stat == null || stat.type() != FileType.FILE) {
            return null;
        }
        try (OpenFile file = directory.openFile(Selection.IGNORE_FILE)) {
            byte[] bytes = new byte[1 << 16];
            int length = file.read(bytes, 0, bytes.length);
            return Arrays.copyOf(bytes, Math.max(length, 0));
        }
    }
}
