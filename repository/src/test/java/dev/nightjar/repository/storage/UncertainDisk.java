package dev.nightjar.repository.storage;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The disk beneath a local storage, as POSIX allows it to be: until a file is synced its content, and until a directory is
 * synced what was done to its names, may survive a power cut or not, in any order. It remembers what the storage did, step
 * by step, and makes the directories that a cut after any step could leave. Thread-safe.
 */
public final class UncertainDisk {
    /** A call that promises nothing: a safeguard switched off, so that it can be seen to work. */
    public enum Lie {
        /** None: both promise. */
        NONE,
        /** The sync of a file. */
        FILE,
        /** The sync of a directory. */
        DIRECTORY
    }

    /** What of that which was not synced survives a cut. */
    public enum Survival {
        /** Neither names nor content. */
        NOTHING,
        /** All names, and no content. */
        NAMES,
        /** Some names, and some of the content. */
        SOME,
        /** Everything: a process was killed, and the machine lives on. */
        EVERYTHING
    }

    private static final Path TOP = Path.of("");

    private final Path root;
    private final Lie lie;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Path, Body> open = new HashMap<>();

    /** All paths are relative to the root. */
    private sealed interface Step {
        /** The content is durable. */
        record FileSynced(Body body) implements Step {}

        /** What was done to the names in it is durable. */
        record DirectorySynced(Path directory) implements Step {}

        /** Names changed, all of them in one directory: those before are gone, this one is there. */
        record Named(List<Path> gone, List<Path> there, Body body) implements Step {
            private Set<Path> names() {
                Set<Path> names = new HashSet<>(gone);
                names.addAll(there);
                return names;
            }

            private Path directory() {
                Path parent = (gone.isEmpty() ? there : gone).getFirst().getParent();
                return parent == null ? TOP : parent;
            }

            private void applyTo(Map<Path, Body> disk) {
                gone.forEach(disk::remove);
                there.forEach(path -> disk.put(path, body));
            }
        }
    }

    /** A file's content as it was at last, or a directory. */
    private static final class Body {
        private static final Body DIRECTORY = new Body();
        private byte[] content = new byte[0];
    }

    /** A disk whose root is a directory that is there. */
    public UncertainDisk(Path root, Lie lie) {
        this.root = root;
        this.lie = lie;
    }

    /** A repository on it. */
    public LocalStorage storage() {
        return new LocalStorage(repository(root), new Calls());
    }

    /** A repository on what {@link #cut} made; nothing it does is synced, since nothing more is cut. */
    public static LocalStorage storageAt(Path root) {
        return new LocalStorage(repository(root), new Unsynced());
    }

    /** Where the repository is below a root. */
    public static Path repository(Path root) {
        return root.resolve("deep/repo");
    }

    /** How many steps were done. */
    public synchronized int steps() {
        return steps.size();
    }

    /** Takes away the shards that are empty, as other programs leave them out: they must be made when needed. */
    public void removeEmptyShards() throws IOException {
        Calls calls = new Calls();
        Path data = repository(root).resolve(FileKind.DATA.directory());
        try (Stream<Path> shards = Files.list(data)) {
            for (Path shard : shards.toList()) {
                try (Stream<Path> packs = Files.list(shard)) {
                    if (packs.findAny().isEmpty()) {
                        calls.remove(shard);
                    }
                }
            }
        }
        calls.forceDirectory(data);
    }

    /** Makes below {@code into} what a cut after so many steps could leave. */
    public synchronized void cut(int count, Survival survival, RandomGenerator random, Path into) throws IOException {
        Map<Path, Body> disk = new TreeMap<>();
        Map<Path, List<Step.Named>> pending = new LinkedHashMap<>();
        Set<Body> synced = new HashSet<>();
        for (Step step : steps.subList(0, count)) {
            switch (step) {
                case Step.FileSynced file -> synced.add(file.body);
                case Step.Named named ->
                    pending.computeIfAbsent(named.directory(), _ -> new ArrayList<>())
                            .add(named);
                case Step.DirectorySynced(Path directory) -> {
                    List<Step.Named> durable = pending.remove(directory);
                    if (durable != null) {
                        durable.forEach(named -> named.applyTo(disk));
                    }
                }
            }
        }
        for (List<Step.Named> uncertain : pending.values()) {
            surviving(uncertain, survival, random).forEach(named -> named.applyTo(disk));
        }
        for (var entry : disk.entrySet()) {
            Path place = into.resolve(entry.getKey());
            Body body = entry.getValue();
            if (!Files.isDirectory(place.resolveSibling(""))) {
                // Its directory did not survive.
                continue;
            }
            if (body == Body.DIRECTORY) {
                Files.createDirectory(place);
            } else {
                Files.write(place, synced.contains(body) ? body.content : content(body, survival, random));
            }
        }
    }

    /** A name has one history: when a change of it is lost, those that follow are. */
    private static List<Step.Named> surviving(List<Step.Named> uncertain, Survival survival, RandomGenerator random) {
        Set<Path> lost = new HashSet<>();
        List<Step.Named> surviving = new ArrayList<>();
        for (Step.Named named : uncertain) {
            boolean kept = switch (survival) {
                case NOTHING -> false;
                case NAMES, EVERYTHING -> true;
                case SOME -> random.nextInt(3) > 0;
            };
            if (kept && named.names().stream().noneMatch(lost::contains)) {
                surviving.add(named);
            } else {
                lost.addAll(named.names());
            }
        }
        return surviving;
    }

    private static byte[] content(Body body, Survival survival, RandomGenerator random) {
        return switch (survival) {
            case NOTHING, NAMES -> new byte[0];
            case EVERYTHING -> body.content;
            case SOME -> {
                int written = random.nextInt(body.content.length + 1);
                byte[] some = Arrays.copyOf(body.content, written);
                // Or as long as it should be, and not all of it written.
                yield random.nextBoolean() ? some : Arrays.copyOf(some, body.content.length);
            }
        };
    }

    /** The process is killed after so many steps: a disk in another place, as uncertain as this one was then. */
    public synchronized UncertainDisk killed(int count, Path into) throws IOException {
        cut(count, Survival.EVERYTHING, RandomGenerator.getDefault(), into);
        UncertainDisk other = new UncertainDisk(into, lie);
        other.steps.addAll(steps.subList(0, count));
        return other;
    }

    private Path relative(Path path) {
        return root.relativize(path);
    }

    /** Changes nothing on the way to the real disk but the syncs: no test cuts the real power. */
    private static class Unsynced implements LocalCalls {
        @Override
        public void force(Path file, FileChannel channel) throws IOException {}

        @Override
        public void forceDirectory(Path directory) throws IOException {}
    }

    private final class Calls extends Unsynced {
        @Override
        public FileChannel create(Path file, FileAttribute<Set<PosixFilePermission>> mode) throws IOException {
            synchronized (UncertainDisk.this) {
                FileChannel channel = super.create(file, mode);
                Body body = new Body();
                open.put(file, body);
                steps.add(new Step.Named(List.of(), List.of(relative(file)), body));
                return channel;
            }
        }

        @Override
        public void force(Path file, FileChannel channel) throws IOException {
            synchronized (UncertainDisk.this) {
                if (lie != Lie.FILE) {
                    steps.add(new Step.FileSynced(body(file)));
                }
            }
        }

        private Body body(Path file) throws IOException {
            Body body = open.get(file);
            if (body == null) {
                throw new IOException(file + " was not made here");
            }
            body.content = Files.readAllBytes(file);
            return body;
        }

        @Override
        public void rename(Path from, Path to) throws IOException {
            synchronized (UncertainDisk.this) {
                Body body = body(from);
                super.rename(from, to);
                open.remove(from);
                steps.add(new Step.Named(List.of(relative(from)), List.of(relative(to)), body));
            }
        }

        @Override
        public void forceDirectory(Path directory) throws IOException {
            synchronized (UncertainDisk.this) {
                if (lie != Lie.DIRECTORY) {
                    steps.add(new Step.DirectorySynced(relative(directory)));
                }
            }
        }

        @Override
        public boolean remove(Path file) throws IOException {
            synchronized (UncertainDisk.this) {
                boolean there = super.remove(file);
                if (there) {
                    steps.add(new Step.Named(List.of(relative(file)), List.of(), Body.DIRECTORY));
                }
                return there;
            }
        }

        @Override
        public void createDirectory(Path directory, FileAttribute<Set<PosixFilePermission>> mode) throws IOException {
            synchronized (UncertainDisk.this) {
                super.createDirectory(directory, mode);
                steps.add(new Step.Named(List.of(), List.of(relative(directory)), Body.DIRECTORY));
            }
        }
    }
}
