package dev.nightjar.repository.index;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which blobs the repository's index files name, and which a running commit has taken on. Thread-safe.
 *
 * <p>It lives in {@code <directory>/index} while it is the only one there, in a directory of its own that is removed at
 * the end otherwise. What was saved is used again if it fits together; it is forgotten before the first change, so that a
 * crash leaves nothing to be believed. An {@link IOException} from here means the cache's own file system.
 */
public final class BlobIndex implements AutoCloseable {
    private final Path directory;
    private final boolean shared;
    private final FileChannel lockFile;
    private final Id repository;

    private BlobTable table;
    private BlobTable young;
    private final List<Id> packs = new ArrayList<>();
    private final Map<Id, Integer> packNumbers = new HashMap<>();
    private final Set<Id> files = new HashSet<>();
    private final BitSet used = new BitSet();
    private boolean saved;

    private BlobIndex(Path directory, boolean shared, FileChannel lockFile, Id repository) throws IOException {
        this.directory = directory;
        this.shared = shared;
        this.lockFile = lockFile;
        this.repository = repository;
        this.young = BlobTable.create(Memory.plain());
        SavedIndex state = SavedIndex.read(directory, repository);
        BlobTable opened = null;
        if (state != null) {
            try {
                opened = BlobTable.open(Memory.files(directory), state.capacity(), state.count());
                state.packs().forEach(this::packNumber);
                files.addAll(state.files());
                saved = true;
            } catch (IOException e) {
                opened = null;
            }
        }
        this.table = opened != null ? opened : BlobTable.create(Memory.files(directory));
        if (opened == null) {
            SavedIndex.forget(directory);
        }
    }

    /** Opens the index of a repository, as it was left, or empty. */
    public static BlobIndex open(Path cache, Id repository) throws IOException {
        Path directory = cache.resolve("index");
        Files.createDirectories(directory);
        FileChannel lockFile =
                FileChannel.open(cache.resolve("index.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            boolean ours = tryLock(lockFile);
            Path place = ours ? directory : Files.createTempDirectory(cache, "index-");
            return new BlobIndex(place, ours, lockFile, repository);
        } catch (IOException | RuntimeException e) {
            lockFile.close();
            throw e;
        }
    }

    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /** The index files that are in it. */
    public synchronized Set<Id> files() {
        return Set.copyOf(files);
    }

    /** How many blobs the index files name. */
    public synchronized long count() {
        return table.count();
    }

    /** Empties it: an index file that was in it is gone. */
    public synchronized void clear() throws IOException {
        touch();
        table.close();
        packs.clear();
        packNumbers.clear();
        files.clear();
        used.clear();
        table = BlobTable.create(Memory.files(directory));
    }

    /** Adds a blob of an index file that is being read; {@link #fileDone} follows. */
    public synchronized void add(PackLocation blob, boolean condemned) throws IOException {
        touch();
        Id id = blob.blob();
        boolean tree = blob.type() == BlobType.TREE;
        int pack = BlobTable.mark(packNumber(blob.pack()), tree, condemned);
        long found = find(table, id, tree);
        if (found == BlobTable.NONE) {
            table.add(
                    id.word(0),
                    id.word(1),
                    id.word(2),
                    id.word(3),
                    pack,
                    blob.offset(),
                    blob.length(),
                    blob.rawLength());
        } else if (!condemned && BlobTable.isCondemned(table.number(found, 0))) {
            table.set(found, pack, blob.offset(), blob.length(), blob.rawLength());
        }
    }

    /** All blobs of this index file were added. */
    public synchronized void fileDone(Id file) {
        files.add(file);
    }

    /** Whether an index file that can be counted on, or the running commit, has the blob. */
    public synchronized boolean contains(BlobType type, Id id) {
        boolean tree = type == BlobType.TREE;
        long found = find(table, id, tree);
        if (found != BlobTable.NONE) {
            int pack = table.number(found, 0);
            if (!BlobTable.isCondemned(pack)) {
                used.set(BlobTable.pack(pack));
                return true;
            }
        }
        return find(young, id, tree) != BlobTable.NONE;
    }

    /** Takes on a blob: true if nobody has it, and from now on the running commit does. */
    public synchronized boolean claim(BlobType type, Id id) throws IOException {
        if (contains(type, id)) {
            return false;
        }
        young.add(
                id.word(0),
                id.word(1),
                id.word(2),
                id.word(3),
                BlobTable.mark(0, type == BlobType.TREE, false),
                0,
                0,
                0);
        return true;
    }

    /** The blobs of a running commit's packs are now in this index file, which is durable. */
    public synchronized void committed(Id file, Collection<List<PackLocation>> blobs) throws IOException {
        for (List<PackLocation> pack : blobs) {
            for (PackLocation blob : pack) {
                add(blob, false);
            }
        }
        fileDone(file);
        BlobTable rest = BlobTable.create(Memory.plain());
        for (long entry = 0; entry < young.count(); entry++) {
            boolean tree = BlobTable.isTree(young.number(entry, 0));
            long a = young.word(entry, 0);
            long b = young.word(entry, 1);
            long c = young.word(entry, 2);
            long d = young.word(entry, 3);
            long found = table.find(a, b, c, d, tree);
            if (found == BlobTable.NONE || BlobTable.isCondemned(table.number(found, 0))) {
                rest.add(a, b, c, d, young.number(entry, 0), 0, 0, 0);
            }
        }
        young.close();
        young = rest;
    }

    /** A commit begins or ended: nothing is taken on, no pack was counted on. */
    public synchronized void beginCommit() throws IOException {
        used.clear();
        if (young.count() > 0) {
            young.close();
            young = BlobTable.create(Memory.plain());
        }
    }

    /** The packs that {@link #contains} answered from since the commit began. */
    public synchronized Set<Id> packsCountedOn() {
        Set<Id> ids = new HashSet<>();
        used.stream().forEach(pack -> ids.add(packs.get(pack)));
        return ids;
    }

    /** The packs that the index files name. */
    public synchronized Set<Id> packs() {
        return Set.copyOf(packs);
    }

    /** Where the blob lies, or null. */
    public synchronized @Nullable PackLocation locate(BlobType type, Id id) {
        long found = find(table, id, type == BlobType.TREE);
        if (found == BlobTable.NONE) {
            return null;
        }
        return new PackLocation(
                packs.get(BlobTable.pack(table.number(found, 0))),
                type,
                id,
                table.number(found, 1),
                table.number(found, 2),
                table.number(found, 3));
    }

    private static long find(BlobTable in, Id id, boolean tree) {
        return in.find(id.word(0), id.word(1), id.word(2), id.word(3), tree);
    }

    private int packNumber(Id pack) {
        Integer known = packNumbers.get(pack);
        if (known != null) {
            return known;
        }
        int number = packs.size();
        packs.add(pack);
        packNumbers.put(pack, number);
        return number;
    }

    private void touch() throws IOException {
        if (saved) {
            SavedIndex.forget(directory);
            saved = false;
        }
    }

    /** Keeps what it has for next time. */
    public synchronized void save() throws IOException {
        if (shared && !saved) {
            table.force();
            new SavedIndex(table.capacity(), table.count(), packs, List.copyOf(files)).write(directory, repository);
            saved = true;
        }
    }

    /** Saves and closes it. */
    @Override
    public synchronized void close() throws IOException {
        try {
            save();
        } finally {
            table.close();
            young.close();
            if (!shared) {
                removeDirectory();
            }
            lockFile.close();
        }
    }

    private void removeDirectory() throws IOException {
        try (DirectoryStream<Path> inside = Files.newDirectoryStream(directory)) {
            for (Path file : inside) {
                Files.deleteIfExists(file);
            }
        }
        Files.deleteIfExists(directory);
    }
}
