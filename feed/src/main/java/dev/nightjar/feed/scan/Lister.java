package dev.nightjar.feed.scan;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.catalog.Readers;
import dev.nightjar.feed.selection.DirectoryRules;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.feed.watch.Watching;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Counters;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.LinuxException;
import dev.nightjar.linux.LookVisitor;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.NotFoundException;
import dev.nightjar.linux.Stat;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Lists one directory and compares what it finds with the catalog's rows. One per thread. */
public final class Lister {
    /** Takes results, one part after the other. */
    public interface Output {
        /** A part. */
        void put(ListingResult result) throws InterruptedException, IOException;
    }

    private static final int PART = 1000;

    private final Looking looking;
    private final Readers readers;
    private final RuleFiles ruleFiles;
    private final Borders borders;
    private final Watching watching;
    private final FilesystemBook filesystems;
    private final Set<Safeguard> safeguards;
    private final LongSupplier stamps;
    private final Counters counters;
    private final InstantSource clock;
    private final Output output;

    /** With what all share, and where results go. */
    public Lister(Workers.Setting setting, Output output) {
        this.looking = setting.looking();
        this.readers = setting.readers();
        this.ruleFiles = setting.ruleFiles();
        this.borders = setting.borders();
        this.watching = setting.watching();
        this.filesystems = setting.filesystems();
        this.safeguards = setting.safeguards();
        this.stamps = setting.stamps();
        this.counters = setting.counters();
        this.clock = setting.clock();
        this.output = output;
    }

    /** Lists a directory; what stands in the way is part of the last result. */
    public void list(ListingTask task) throws InterruptedException, IOException {
        Part part = new Part(task, stamps.getAsLong());
        try (Directory root = Directory.open(task.root().path(), counters);
                Directory directory = root.openBeneath(task.root().path().relativize(task.path()))) {
            Stat before = directory.stat();
            filesystems.learn(directory, before);
            Watching.Prepared prepared = watching.prepare(directory, before);
            part.watch = prepared.watch();
            part.unwatchable = prepared.unwatchable();
            // Watch first, then look (C4): at the directory itself, too, and the stamp is one of the look.
            part.stamp = stamps.getAsLong();
            Stat self = directory.stat();
            part.self =
                    new ListingResult.Self(self, looking.selfHandle(directory, self.device()), directory.selfXattrs());
            Name name = task.name();
            DirectoryRules above = task.above();
            part.rules = above == null || name == null
                    ? ruleFiles.root(task.root().path(), directory)
                    : ruleFiles.enter(above, name, directory);
            list(task, directory, self, part);
        } catch (LinuxException e) {
            part.problem = e;
        }
        part.put(true);
    }

    private void list(ListingTask task, Directory directory, Stat self, Part part)
            throws IOException, InterruptedException {
        Map<Name, Entry> rows = new HashMap<>();
        if (!task.fresh()) {
            for (Entry row : readers.children(task.directory())) {
                rows.put(row.name(), row);
            }
        }
        directory.look(new LookVisitor() {
            @Override
            public void found(Name name, Stat stat) throws IOException {
                part.found(directory, self, name, stat, rows.remove(name));
            }

            @Override
            public void missing(Name name) {
                // Named by the listing and gone when looked at: if it has a row, its turn is below.
            }

            @Override
            public void failed(Name name, LinuxException problem) {
                rows.remove(name); // unknown, so its row stays
            }
        });
        // A listing never justifies a deletion (C4b): every name it lacks is looked at.
        for (Entry row : rows.values()) {
            Stat stat = !safeguards.contains(Safeguard.LOOK_BEFORE_DELETION)
                    ? part.missing(row.name())
                    : statOrUnknown(directory, row.name(), part);
            if (stat != null) {
                part.found(directory, self, row.name(), stat, row);
            }
        }
    }

    private boolean isRacy(Stat stat) {
        return stat.type() == FileType.FILE
                && safeguards.contains(Safeguard.RACILY_CLEAN)
                && Looking.isRacy(stat.mtime(), clock.instant());
    }

    private @Nullable Stat statOrUnknown(Directory directory, Name name, Part part) throws IOException {
        try {
            Stat stat = directory.statOrNull(name);
            if (stat == null) {
                return part.missing(name);
            }
            return stat;
        } catch (LinuxException e) {
            return null;
        }
    }

    /** What was found since the last part. */
    private final class Part {
        private final ListingTask task;
        private long stamp;
        private ListingResult.@Nullable Self self;
        private int watch = -1;
        private @Nullable String unwatchable;
        private @Nullable DirectoryRules rules;
        private @Nullable LinuxException problem;
        private List<Look> looks = new ArrayList<>();
        private List<ListingResult.Known> known = new ArrayList<>();
        private List<BytePath> leftOut = new ArrayList<>();
        private long compared;

        Part(ListingTask task, long stamp) {
            this.task = task;
            this.stamp = stamp;
        }

        void found(Directory directory, Stat self, Name name, Stat stat, @Nullable Entry row) throws IOException {
            boolean isDirectory = stat.type() == FileType.DIRECTORY;
            DirectoryRules judge = rules;
            boolean included = judge == null || borders.include(judge, task.path(), name, isDirectory);
            if (!included) {
                // Not only with a row: a look may have made one since, by rules that do not hold any more.
                if (row != null || !task.fresh()) {
                    add(Look.leftOut(task.directory(), name, stat, Bits.SCAN, stamp, task.origin()));
                }
                return;
            }
            compared++;
            boolean entered = isDirectory && enters(self, stat, name);
            if (row != null && Looking.same(row, stat)) {
                if (entered && task.recursive()) {
                    known.add(new ListingResult.Known(row.id(), name));
                }
                return;
            }
            try {
                int bits = isRacy(stat) ? Bits.SCAN | Bits.RACY : Bits.SCAN;
                add(looking.complete(directory, task.directory(), name, stat, entered, bits, stamp, task.origin()));
            } catch (NotFoundException e) {
                add(Look.missing(task.directory(), name, Bits.SCAN, stamp, task.origin()));
            } catch (LinuxException e) {
                // Nothing is known of it: the row, if there is one, stays.
                return;
            }
        }

        /** A directory that is not entered is a row without rows below. */
        private boolean enters(Stat self, Stat stat, Name name) {
            boolean enters = borders.enter(self, stat);
            if (!enters) {
                leftOut.add(task.path().resolve(name));
            }
            return enters;
        }

        @Nullable
        Stat missing(Name name) throws IOException {
            compared++;
            add(Look.missing(task.directory(), name, Bits.SCAN, stamp, task.origin()));
            return null;
        }

        void add(Look look) throws IOException {
            looks.add(look);
            if (looks.size() >= PART) {
                try {
                    put(false);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted", e);
                }
            }
        }

        void put(boolean last) throws InterruptedException, IOException {
            output.put(new ListingResult(
                    task, stamp, self, watch, unwatchable, rules, looks, known, leftOut, compared, last, problem));
            looks = new ArrayList<>();
            known = new ArrayList<>();
            leftOut = new ArrayList<>();
            compared = 0;
        }
    }
}
