package dev.nightjar.feed.model;

import dev.nightjar.feed.model.Picker.Picked;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.selection.Selection;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.OpenFile;
import dev.nightjar.linux.RenameMode;
import dev.nightjar.linux.Timestamp;
import dev.nightjar.linux.Xattr;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** What each {@link Operation} does. */
final class Mutations implements AutoCloseable {
    private static final int HELD = 6;
    private static final Set<FileType> ANY = Set.of(FileType.values());
    private static final Set<FileType> FILE = Set.of(FileType.FILE);
    private static final Set<FileType> NO_DIRECTORY = Set.of(FileType.FILE, FileType.SYMLINK, FileType.FIFO);
    private static final Set<FileType> DIRECTORY = Set.of(FileType.DIRECTORY);

    private final RandomGenerator random;
    /** Leave alone what inotify can never see: hard links whose other name is the selected one. */
    private final boolean timid;

    private final Picker inside;
    private final Picker outside;
    /** Files written to again after their names have changed. */
    private final Deque<OpenFile> held = new ArrayDeque<>();

    private final Set<Long> linked = new TreeSet<>();

    Mutations(RandomGenerator random, boolean timid, BytePath place) {
        this.random = random;
        this.timid = timid;
        this.inside = new Picker(random, place.resolve(Name.of("sel")), true);
        this.outside = new Picker(random, place.resolve(Name.of("out")), false);
    }

    @Override
    public void close() throws IOException {
        while (!held.isEmpty()) {
            held.remove().close();
        }
    }

    /** Inodes that were given a second name. */
    Set<Long> linked() {
        return linked;
    }

    /** Makes and removes many names in the root, so that a queue that nobody reads runs over. */
    void flood(int names) throws IOException {
        try (Directory root = Directory.open(inside.top())) {
            for (int i = 0; i < names; i++) {
                Name name = Name.of("flood" + i);
                root.createFile(name, 0644).close();
                root.unlink(name);
            }
        }
    }

    /** Does it somewhere; false if chance found no place for it, an exception if the kernel refused. */
    boolean perform(Operation operation) throws IOException {
        return switch (operation) {
            case CREATE_FILE -> in(d -> create(d, any(), bytes(random.nextInt(5000))));
            case WRITE_HELD -> writeHeld();
            case OVERWRITE -> on(inside, FILE, p -> ExistingFile.overwrite(p.path(), bytes(5)));
            case APPEND -> on(inside, FILE, p -> ExistingFile.append(p.path(), bytes(50)));
            case TRUNCATE -> on(inside, FILE, p -> ExistingFile.truncate(p.path(), random.nextInt(100)));
            case OPEN_WITHOUT_WRITING -> on(inside, FILE, p -> ExistingFile.append(p.path(), new byte[0]));
            case CHANGE_MODE -> on(inside, ANY, p -> p.parent().setMode(p.name(), 0700 | random.nextInt(64)));
            case CHANGE_GROUP -> on(inside, ANY, p -> p.parent().setOwner(p.name(), -1, random.nextInt(3)));
            case CHANGE_TIMES -> on(inside, ANY, p -> p.parent().setTimes(p.name(), time(), time()));
            case SET_XATTR -> on(inside, ANY, p -> p.parent().setXattr(p.name(), new Xattr(attribute(), bytes(9))));
            case REMOVE_XATTR -> on(inside, ANY, p -> p.parent().removeXattr(p.name(), attribute()));
            case MAKE_DIRECTORY -> in(d -> d.makeDirectory(any(), 0755));
            case NEST_AND_FILL -> in(d -> nest(d, 3));
            case MAKE_SYMLINK -> in(d -> d.symlink(any(), text(1 + random.nextInt(20))));
            case MAKE_FIFO -> in(d -> d.makeNode(any(), 0010644, 0));
            case HARD_LINK -> on(inside, NO_DIRECTORY, this::linkInside);
            case HARD_LINK_OUT ->
                !timid
                        && into(
                                inside,
                                NO_DIRECTORY,
                                outside,
                                (p, d) -> p.parent().link(p.name(), d, any()));
            case WRITE_OUTSIDE -> !timid && on(outside, FILE, p -> ExistingFile.append(p.path(), bytes(7)));
            case UNLINK_OUTSIDE ->
                !timid && on(outside, NO_DIRECTORY, p -> p.parent().unlink(p.name()));
            case RENAME_FILE -> into(inside, NO_DIRECTORY, inside, (p, d) -> rename(p, d, any()));
            case RENAME_DIRECTORY -> into(inside, DIRECTORY, inside, (p, d) -> rename(p, d, any()));
            case RENAME_TO_AND_FRO -> on(inside, ANY, this::toAndFro);
            case RENAME_OVER -> onTwo((p, q) -> p.parent().rename(p.name(), q.parent(), q.name(), RenameMode.REPLACE));
            case EXCHANGE -> onTwo((p, q) -> p.parent().rename(p.name(), q.parent(), q.name(), RenameMode.EXCHANGE));
            case TURN_OVER -> on(inside, DIRECTORY, this::turnOver);
            case MOVE_OUT -> into(inside, ANY, outside, (p, d) -> rename(p, d, any()));
            case MOVE_IN -> into(outside, ANY, inside, (p, d) -> rename(p, d, any()));
            case RENAME_TO_LEFT_OUT -> on(inside, ANY, p -> rename(p, p.parent(), Names.leftOut(random)));
            case RENAME_FROM_LEFT_OUT -> on(inside, ANY, Picked::isNamedLeftOut, p -> rename(p, p.parent(), any()));
            case WRITE_IGNORE_FILE -> in(this::writeIgnoreFile);
            case REMOVE_IGNORE_FILE -> in(d -> d.unlink(Selection.IGNORE_FILE));
            case CHANGE_TYPE -> on(inside, ANY, this::changeType);
            case UNLINK -> on(inside, NO_DIRECTORY, p -> p.parent().unlink(p.name()));
            case UNLINK_WHILE_OPEN -> on(inside, FILE, this::unlinkWhileOpen);
            case REMOVE_TREE -> random.nextInt(3) == 0 && on(inside, DIRECTORY, this::removeTree);
            case EDITOR_SAVE -> on(inside, FILE, this::editorSave);
            case CREATE_AND_DELETE -> in(this::createAndDelete);
            case SWITCH_DIRECTORY -> on(inside, DIRECTORY, this::switchDirectory);
        };
    }

    private interface Action<T> {
        void on(T it) throws IOException;
    }

    private interface PairAction<T, U> {
        void on(T it, U other) throws IOException;
    }

    private boolean in(Action<Directory> action) throws IOException {
        try (Picked place = inside.directory()) {
            action.on(place.parent());
            return true;
        }
    }

    private boolean on(Picker picker, Set<FileType> type, Action<Picked> action) throws IOException {
        return on(picker, type, p -> true, action);
    }

    private boolean on(Picker picker, Set<FileType> type, Predicate<Picked> wanted, Action<Picked> action)
            throws IOException {
        for (int attempt = 0; attempt < 20; attempt++) {
            try (Picked picked = picker.entry(type)) {
                if (picked != null && allowed(picked) && wanted.test(picked)) {
                    action.on(picked);
                    return true;
                }
            }
        }
        return false;
    }

    private boolean allowed(Picked picked) throws IOException {
        return !timid || !picked.secretly();
    }

    private boolean into(Picker from, Set<FileType> type, Picker to, PairAction<Picked, Directory> action)
            throws IOException {
        return on(from, type, picked -> {
            try (Picked place = to.directory()) {
                action.on(picked, place.parent());
            }
        });
    }

    private boolean onTwo(PairAction<Picked, Picked> action) throws IOException {
        return on(inside, ANY, one -> {
            boolean found = on(inside, ANY, other -> action.on(one, other));
            if (!found) {
                one.parent().stat(Name.of("no partner"));
            }
        });
    }

    private void linkInside(Picked picked) throws IOException {
        try (Picked place = inside.directory()) {
            Name name = any();
            if (!timid || place.shows(name)) {
                linked.add(picked.parent().stat(picked.name()).inode());
                picked.parent().link(picked.name(), place.parent(), name);
            }
        }
    }

    private static void rename(Picked picked, Directory into, Name name) throws IOException {
        picked.parent().rename(picked.name(), into, name, RenameMode.NO_REPLACE);
    }

    private Name any() {
        return Names.any(random);
    }

    private String attribute() {
        return "user.x" + random.nextInt(3);
    }

    private Timestamp time() {
        return new Timestamp(random.nextLong(2_000_000_000L), random.nextInt(1_000_000_000));
    }

    private byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return bytes;
    }

    /** Bytes without NUL. */
    private byte[] text(int length) {
        byte[] bytes = bytes(length);
        for (int i = 0; i < length; i++) {
            bytes[i] = bytes[i] == 0 ? 1 : bytes[i];
        }
        return bytes;
    }

    private void create(Directory directory, Name name, byte[] content) throws IOException {
        OpenFile file = directory.createFile(name, 0644);
        file.write(content, 0, content.length);
        if (random.nextInt(3) > 0) {
            file.close();
            return;
        }
        held.add(file);
        if (held.size() > HELD) {
            held.remove().close();
        }
    }

    private boolean writeHeld() throws IOException {
        OpenFile file = held.poll();
        if (file == null) {
            return false;
        }
        held.add(file);
        if (timid && file.stat().links() != 1) {
            return false;
        }
        if (random.nextBoolean()) {
            file.truncate(random.nextInt(200));
        } else {
            file.write(bytes(20), 0, 20);
        }
        return true;
    }

    private void nest(Directory directory, int depth) throws IOException {
        Name name = any();
        directory.makeDirectory(name, 0755);
        try (Directory deeper = directory.openDirectory(name)) {
            for (int i = random.nextInt(3); i >= 0 && depth > 0; i--) {
                nestIfFree(deeper, depth - 1);
                Name file = any();
                if (deeper.statOrNull(file) == null) {
                    create(deeper, file, bytes(3));
                }
            }
        }
    }

    private void nestIfFree(Directory directory, int depth) throws IOException {
        Name name = any();
        if (directory.statOrNull(name) == null) {
            directory.makeDirectory(name, 0755);
            try (Directory deeper = directory.openDirectory(name)) {
                nest(deeper, depth);
            }
        }
    }

    private void toAndFro(Picked picked) throws IOException {
        Name other = any();
        try (Picked place = inside.directory()) {
            rename(picked, place.parent(), other);
            place.parent().rename(other, picked.parent(), picked.name(), RenameMode.NO_REPLACE);
            if (random.nextBoolean()) {
                rename(picked, place.parent(), other);
            }
        }
    }

    private void turnOver(Picked picked) throws IOException {
        Name aside = Name.of("aside");
        Directory parent = picked.parent();
        try (Directory directory = parent.openDirectory(picked.name())) {
            List<Name> children = new ArrayList<>();
            directory.list((name, type) -> {
                if (type == FileType.DIRECTORY) {
                    children.add(name);
                }
            });
            children.sort(null);
            if (children.isEmpty()) {
                return;
            }
            Name child = children.getFirst();
            directory.rename(child, parent, aside, RenameMode.NO_REPLACE);
            try (Directory upper = parent.openDirectory(aside)) {
                parent.rename(picked.name(), upper, any(), RenameMode.REPLACE);
            } finally {
                parent.rename(aside, parent, child, RenameMode.REPLACE);
            }
        }
    }

    private void writeIgnoreFile(Directory directory) throws IOException {
        byte[] patterns = Names.ignorePatterns(random);
        Name temporary = Name.of("new");
        if (random.nextBoolean() && directory.statOrNull(Selection.IGNORE_FILE) == null) {
            create(directory, Selection.IGNORE_FILE, patterns);
            return;
        }
        try (OpenFile file = directory.createFile(temporary, 0644)) {
            file.write(patterns, 0, patterns.length);
        }
        directory.rename(temporary, directory, Selection.IGNORE_FILE, RenameMode.REPLACE);
    }

    private void changeType(Picked picked) throws IOException {
        Directory parent = picked.parent();
        Name name = picked.name();
        if (picked.type() == FileType.DIRECTORY) {
            removeTree(picked);
        } else {
            parent.unlink(name);
        }
        int kind = random.nextInt(3);
        if (kind == 0 && picked.type() != FileType.FILE) {
            create(parent, name, bytes(4));
        } else if (kind == 1 && picked.type() != FileType.SYMLINK) {
            parent.symlink(name, text(5));
        } else if (picked.type() != FileType.DIRECTORY) {
            parent.makeDirectory(name, 0700);
            try (Directory directory = parent.openDirectory(name)) {
                nest(directory, 1);
            }
        } else {
            parent.symlink(name, text(6));
        }
    }

    private void unlinkWhileOpen(Picked picked) throws IOException {
        ExistingFile.appendAndThen(
                picked.path(), bytes(3), () -> picked.parent().unlink(picked.name()));
    }

    private void removeTree(Picked picked) throws IOException {
        try (Directory directory = picked.parent().openDirectory(picked.name())) {
            DirectoryRules rules =
                    picked.rules() == null ? null : Picker.enter(picked.rules(), picked.name(), directory);
            List<Name> names = new ArrayList<>();
            directory.list((name, type) -> names.add(name));
            names.sort(null);
            for (Name name : names) {
                removeEntry(new Picked(
                        directory, picked.path(), name, directory.stat(name).type(), rules));
            }
        }
        picked.parent().removeDirectory(picked.name());
    }

    private void removeEntry(Picked picked) throws IOException {
        if (picked.type() == FileType.DIRECTORY) {
            removeTree(picked);
        } else if (allowed(picked)) {
            picked.parent().unlink(picked.name());
        }
    }

    private void editorSave(Picked picked) throws IOException {
        Directory parent = picked.parent();
        Name temporary = Name.of("4913");
        Name backup = Name.of("backup~");
        if (parent.statOrNull(backup) != null) {
            parent.unlink(backup);
        }
        try (OpenFile file = parent.createFile(temporary, 0600)) {
            file.write(bytes(300), 0, 300);
        }
        rename(picked, parent, backup);
        parent.rename(temporary, parent, picked.name(), RenameMode.NO_REPLACE);
        if (random.nextBoolean()) {
            parent.unlink(backup);
        }
    }

    private void createAndDelete(Directory directory) throws IOException {
        Name name = any();
        for (int i = random.nextInt(4); i >= 0; i--) {
            create(directory, name, bytes(2));
            directory.unlink(name);
        }
        if (random.nextInt(3) == 0) {
            create(directory, name, bytes(2));
        }
    }

    /** Builds a directory aside, and puts it where an old one was. */
    private void switchDirectory(Picked picked) throws IOException {
        Directory parent = picked.parent();
        Name fresh = Name.of("fresh");
        Name old = Name.of("old");
        parent.makeDirectory(fresh, 0755);
        try (Directory directory = parent.openDirectory(fresh)) {
            nest(directory, 2);
        }
        if (random.nextBoolean()) {
            parent.rename(fresh, parent, picked.name(), RenameMode.EXCHANGE);
            return;
        }
        rename(picked, parent, old);
        parent.rename(fresh, parent, picked.name(), RenameMode.NO_REPLACE);
        try (Picked place = outside.directory()) {
            parent.rename(old, place.parent(), any(), RenameMode.NO_REPLACE);
        }
    }
}
