package dev.nightjar.feed.audit;

import dev.nightjar.feed.CatalogReader;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.scan.Lister;
import dev.nightjar.feed.scan.ListingResult;
import dev.nightjar.feed.scan.ListingTask;
import dev.nightjar.feed.scan.Look;
import dev.nightjar.feed.scan.Looking;
import dev.nightjar.feed.scan.Root;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.NotFoundException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Lists all directories that are part of the selection, one after the other, and names what is not as its row says. It keeps
 * the ids of the directories beside the one it is in, so memory grows with the depth, and with the widest directory. One that
 * is moved meanwhile may be listed twice, or not at all.
 */
final class AuditWalk {
    /** Where what is found goes. */
    interface Findings {
        /** A name, or a directory itself, that is not as its row says. */
        void differs(Suspect suspect);

        /** A directory that could not be listed. */
        void unreadable(BytePath directory, String why) throws IOException;
    }

    /** A directory that was listed, and those in it that are still to be. */
    private static final class Level {
        private final long id;
        private final Root root;
        private final BytePath path;
        private final @Nullable DirectoryRules above;
        private @Nullable DirectoryRules rules;
        private long[] children = new long[8];
        private int count;
        private int next;

        private Level(long id, Root root, BytePath path, @Nullable DirectoryRules above) {
            this.id = id;
            this.root = root;
            this.path = path;
            this.above = above;
        }

        private void add(long child) {
            if (count == children.length) {
                children = Arrays.copyOf(children, count * 2);
            }
            children[count++] = child;
        }
    }

    private final Scope scope;
    private final Findings findings;
    private final Lister lister;
    private final Deque<Level> levels = new ArrayDeque<>();
    private @Nullable Level listed;
    private @Nullable Entry row;
    private boolean isTop;
    private boolean found;
    private long directories;
    private long entries;

    AuditWalk(Scope scope, Findings findings) {
        this.scope = scope;
        this.findings = findings;
        this.lister = new Lister(scope.setting(), this::part);
    }

    /** Directories listed so far. */
    long directories() {
        return directories;
    }

    /** Names compared so far. */
    long entries() {
        return entries;
    }

    /** Begins with a row; of a directory all below it is compared, too. */
    void begin(Entry start, BytePath path) throws IOException, InterruptedException {
        found = false;
        if (start.isDirectory()) {
            BytePath parent = path.parent();
            DirectoryRules above = parent == null || start.parent() == 0 ? null : scope.rules(parent);
            isTop = true;
            list(new Level(start.id(), scope.rootOf(path), path, above));
            isTop = false;
        }
        if (!found && start.parent() != 0) {
            entries++;
            findings.differs(new Suspect(start.parent(), start.name()));
        }
    }

    /** Lists the next directory; false if there is none. */
    boolean next() throws IOException, InterruptedException {
        Level top = levels.peek();
        while (top != null && top.next == top.count) {
            levels.pop();
            top = levels.peek();
        }
        if (top == null) {
            return false;
        }
        long id = top.children[top.next++];
        Entry child = scope.setting().readers().<@Nullable Entry>read(reader -> reader.entry(id));
        if (child != null && child.parent() == top.id) {
            list(new Level(id, top.root, top.path.resolve(child.name()), top.rules));
        }
        return true;
    }

    private void list(Level level) throws IOException, InterruptedException {
        row = scope.setting().readers().<@Nullable Entry>read(reader -> reader.entry(level.id));
        found = false;
        listed = level;
        lister.list(new ListingTask(level.id, level.root, level.path, level.above, false, true, 0, 0, 0));
    }

    private void part(ListingResult result) throws IOException {
        Level level = listed;
        Entry was = row;
        ListingResult.Self self = result.self();
        if (level == null || was == null) {
            return;
        }
        if (self != null && self.stat().inode() == was.inode()) {
            found(result, level, was, self);
        }
        LinuxException problem = result.problem();
        boolean isGone = problem instanceof NotFoundException; // then the directory above says so, if there is one
        if (problem != null && (!isGone || was.parent() == 0)) {
            findings.unreadable(level.path, problem.reason());
        }
    }

    private void found(ListingResult result, Level level, Entry was, ListingResult.Self self) throws IOException {
        if (!found) {
            found = true;
            directories++;
            levels.push(level);
            level.rules = result.rules();
            if (isTop) {
                entries++;
                if (!Looking.same(was, self.stat())) {
                    findings.differs(new Suspect(level.id, null));
                }
            }
        }
        entries += result.compared();
        result.known().forEach(known -> level.add(known.id()));
        if (!result.looks().isEmpty()) {
            scope.setting().readers().read(reader -> {
                for (Look look : result.looks()) {
                    differs(look, level, reader);
                }
                return true;
            });
        }
    }

    private void differs(Look look, Level level, CatalogReader reader) throws SQLException {
        Entry other = reader.child(level.id, look.name());
        boolean nothing = other == null && !look.found();
        boolean mounted = other != null && other.isDirectory() && look.isDirectory() && !look.entered();
        if (!nothing && !mounted) {
            findings.differs(new Suspect(level.id, look.name()));
        }
        if (other != null && other.isDirectory() && look.isDirectory() && look.entered()) {
            level.add(other.id());
        }
    }
}
