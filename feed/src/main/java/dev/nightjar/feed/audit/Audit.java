package dev.nightjar.feed.audit;

import dev.nightjar.feed.AuditFinding;
import dev.nightjar.feed.AuditFinding.Difference;
import dev.nightjar.feed.AuditListener;
import dev.nightjar.feed.AuditResult;
import dev.nightjar.feed.BarrierResult;
import dev.nightjar.feed.ChangeFeed;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.FeedStatus;
import dev.nightjar.feed.Gap;
import dev.nightjar.feed.catalog.AuditTable;
import dev.nightjar.feed.scan.Root;
import dev.nightjar.feed.scan.Workers;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.FileType;
import dev.nightjar.linux.Name;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One audit: a barrier, a walk, and each difference looked at again after further barriers, since most of them are changes of
 * the meantime. Differences are kept up to a number; then the walk pauses until they are decided. What remains is told, and
 * handed back as a hint.
 */
public final class Audit {
    private static final int SUSPECTS = 4096;
    private static final int LOOKS = 6;

    private final ChangeFeed feed;
    private final Scope scope;
    private final AuditListener listener;
    private final SecondLook secondLook;
    private final List<Suspect> suspects = new ArrayList<>();
    private final Set<BytePath> inQuestion = new HashSet<>();
    private long found;
    private long notCompared;

    private Audit(ChangeFeed feed, Scope scope, AuditListener listener) {
        this.feed = feed;
        this.scope = scope;
        this.listener = listener;
        this.secondLook = new SecondLook(scope);
    }

    /**
     * Runs one, on a thread that stands back behind all others (C20).
     *
     * @param setting of the feed's own scans, but it watches nothing, and counts by itself
     * @param below what is to be compared, with all below; empty is everything
     */
    public static AuditResult run(
            ChangeFeed feed, Workers.Setting setting, List<BytePath> below, AuditListener listener)
            throws IOException, InterruptedException {
        return Humbly.call(() -> {
            List<Root> roots = feed.read(reader -> {
                List<Root> all = new ArrayList<>();
                for (var root : reader.roots()) {
                    all.add(new Root(root.id(), reader.path(root.id())));
                }
                return all;
            });
            return new Audit(feed, new Scope(roots, setting), listener).run(below);
        });
    }

    private AuditResult run(List<BytePath> below) throws IOException, InterruptedException {
        Instant time = scope.setting().clock().instant();
        long begun = System.nanoTime();
        settle();
        questions();
        AuditWalk walk = new AuditWalk(scope, new AuditWalk.Findings() {
            @Override
            public void differs(Suspect suspect) {
                suspects.add(suspect);
            }

            @Override
            public void unreadable(BytePath directory, String why) throws IOException {
                notCompared++;
                listener.notCompared(directory, why);
                feed.hint(feed.read(reader -> reader.find(directory)), null); // a root that is gone is a question (C17)
            }
        });
        for (BytePath start :
                below.isEmpty() ? scope.roots().stream().map(Root::path).toList() : below) {
            if (!inQuestion.contains(scope.rootOf(start).path())) {
                walk(walk, start);
            }
        }
        decide();
        if (found > 0) {
            feed.barrier(); // so that the catalog says what is on disk when this answers
        }
        AuditResult result = new AuditResult(
                time,
                Duration.ofNanos(System.nanoTime() - begun),
                walk.directories(),
                walk.entries(),
                found,
                notCompared);
        feed.write(AuditTable.keep(result));
        return result;
    }

    private void walk(AuditWalk walk, BytePath start) throws IOException, InterruptedException {
        Entry row = feed.<@Nullable Entry>read(reader -> reader.entry(reader.find(start)));
        if (row == null) {
            notCompared++;
            listener.notCompared(start, "the catalog does not have it");
            return;
        }
        walk.begin(row, start);
        do {
            listener.compared(walk.directories(), walk.entries());
            if (suspects.size() >= SUSPECTS) {
                decide();
            }
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        } while (walk.next());
    }

    /** What was changed until now is in the catalog, and so is what a gap would have hidden. */
    private void settle() throws IOException, InterruptedException {
        BarrierResult barrier;
        do {
            feed.awaitHealed();
            barrier = feed.barrier();
        } while (barrier.gaps().stream().anyMatch(Gap::healing));
    }

    /** Roots whose rows are kept as they were (C17) say nothing of what is on disk. */
    private void questions() throws IOException {
        for (FeedStatus.Root root : feed.status().roots()) {
            if (!root.settled() && inQuestion.add(root.path())) {
                notCompared++;
                listener.notCompared(root.path(), "it vanished, was emptied or is on another filesystem");
            }
        }
    }

    private void decide() throws IOException, InterruptedException {
        for (int look = 0; look < LOOKS && !suspects.isEmpty(); look++) {
            settle();
            questions();
            lookAgain(new Causes(feed.status()));
        }
        Causes causes = new Causes(feed.status());
        for (Suspect suspect : suspects) {
            Sight sight = suspect.last();
            BytePath directory = sight != null && suspect.isLeftBehind() ? path(suspect) : null;
            if (sight != null && directory != null) {
                tell(suspect, directory, sight, causes, true);
            }
        }
        suspects.clear();
    }

    private @Nullable BytePath path(Suspect suspect) throws IOException {
        return secondLook.look(suspect.directory(), List.of(suspect)).path();
    }

    private void lookAgain(Causes causes) throws IOException {
        Map<Long, List<Suspect>> byDirectory = new TreeMap<>();
        for (Suspect suspect : suspects) {
            byDirectory
                    .computeIfAbsent(suspect.directory(), id -> new ArrayList<>())
                    .add(suspect);
        }
        suspects.clear();
        for (Map.Entry<Long, List<Suspect>> group : byDirectory.entrySet()) {
            SecondLook.Seen seen = secondLook.look(group.getKey(), group.getValue());
            BytePath directory = seen.path();
            if (directory == null || inQuestion.contains(scope.rootOf(directory).path())) {
                continue; // ceased meanwhile, or is kept on purpose
            }
            for (int i = 0; i < group.getValue().size(); i++) {
                Suspect suspect = group.getValue().get(i);
                Sight sight = seen.sights().get(i);
                Suspect.State state = suspect.look(sight);
                if (state == Suspect.State.OPEN) {
                    suspects.add(suspect);
                } else if (state == Suspect.State.PROVEN && sight != null) {
                    tell(suspect, directory, sight, causes, false);
                }
            }
        }
    }

    private void tell(Suspect suspect, BytePath directory, Sight sight, Causes causes, boolean neverRests)
            throws IOException {
        Name name = suspect.name();
        BytePath path = name == null ? directory : directory.resolve(name);
        boolean isDirectory = sight.stat() == null
                ? sight.row() != null && sight.row().isDirectory()
                : sight.stat().type() == FileType.DIRECTORY;
        found++;
        listener.found(new AuditFinding(
                path,
                isDirectory,
                difference(sight),
                sight.attributes(),
                causes.of(directory, path, sight, neverRests)));
        feed.hint(suspect.directory(), name);
    }

    private static Difference difference(Sight sight) {
        if (sight.row() == null) {
            return Difference.NOT_IN_CATALOG;
        }
        if (sight.stat() != null) {
            return Difference.CHANGED;
        }
        return sight.leftOut() ? Difference.LEFT_OUT : Difference.NOT_ON_DISK;
    }
}
