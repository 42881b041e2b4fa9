package dev.nightjar.repository;

import dev.nightjar.repository.chunker.Polynomial;
import dev.nightjar.repository.format.Config;
import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.format.KeyFile;
import dev.nightjar.repository.format.MasterKey;
import dev.nightjar.repository.format.SnapshotFile;
import dev.nightjar.repository.format.TagMismatchException;
import dev.nightjar.repository.index.BlobIndex;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A repository that was opened with its password. Thread-safe. Does not close its storage, and holds nothing open there,
 * so it may be kept for as long as its job runs.
 */
public final class Repository implements AutoCloseable {
    private static final int INDEX_ATTEMPTS = 3;

    /** So much is read of a pack without asking first whether it is there. */
    private static final int UNASKED = 32 << 20;

    private final Storage storage;
    private final Storage patient;
    private final RepositoryContext context;
    private final Config config;
    private final byte[] configFile;
    private final Unpacked unpacked;
    private final Keys keys;
    private final Locks locks;
    private final BlobIndex index;
    private final ReaderPool readers;
    private final PackHeaders headers;
    private final AtomicBoolean committing = new AtomicBoolean();
    private volatile boolean closed;

    private Repository(Storage storage, RepositoryContext context, KeyRing.Opened key, Config config, byte[] configFile)
            throws RepositoryException {
        this.storage = storage;
        this.context = context;
        this.config = config;
        this.configFile = configFile;
        this.patient = new RetryingStorage(storage, context.machine(), () -> closed);
        Unpacked bare = new Unpacked(storage, key.master(), context.random(), config.version() >= 2);
        this.unpacked = bare.through(patient);
        this.keys = new Keys(storage, context, key, config.appendOnly());
        this.headers = new PackHeaders(unpacked, patient);
        this.readers = new ReaderPool(() -> new BlobReader(unpacked.envelope()));
        Path cache = context.cache().resolve(config.id().hex());
        try {
            Files.createDirectories(cache);
            this.locks = new Locks(storage, bare, context, StateName.of(cache, context.random()));
            this.index = BlobIndex.open(cache, config.id());
        } catch (IOException e) {
            throw cacheFailed(cache, e);
        }
    }

    /** Makes a new repository of version 2, locked with a password (UTF-8 bytes), and opens it. */
    public static Repository init(Storage storage, byte[] password, RepositoryContext context)
            throws RepositoryException {
        return init(storage, password, context, KeyFile.Cost.DEFAULT);
    }

    static Repository init(Storage storage, byte[] password, RepositoryContext context, KeyFile.Cost cost)
            throws RepositoryException {
        KeyRing.mustNotBeEmpty(password);
        if (storage.exists()) {
            refuseExisting(storage);
        }
        storage.create();
        MasterKey key = MasterKey.random(context.random());
        Id keyId = KeyRing.write(storage, key, password, cost, context);
        byte[] id = new byte[Id.LENGTH];
        context.random().nextBytes(id);
        Config config = Config.create(Id.of(id), Polynomial.random(context.random()));
        byte[] configFile = new Envelope(key, context.random()).seal(config.encode());
        boolean done = false;
        try {
            storage.write(FileName.CONFIG, ByteBuffer.wrap(configFile));
            done = true;
        } finally {
            if (!done) {
                storage.delete(new FileName(FileKind.KEY, keyId));
            }
        }
        return new Repository(storage, context, new KeyRing.Opened(keyId, key), config, configFile);
    }

    private static void refuseExisting(Storage storage) throws RepositoryException {
        if (readConfig(storage) != null) {
            throw new RepositoryExistsException(
                    "there is a repository at " + storage.location() + " already",
                    "",
                    "nightjar snapshots -r " + storage.location() + "     shows what is in it");
        }
        if (!KeyRing.list(storage).isEmpty()) {
            throw new RepositoryExistsException(
                    "there was a repository at " + storage.location(),
                    "its config is gone, but there are keys",
                    "look there first, or take another directory");
        }
    }

    /**
     * Opens a repository. Looks first whether the place can be reached, the directory is there, the config, the keys;
     * then tries the password (UTF-8 bytes) on each key.
     */
    public static Repository open(Storage storage, byte[] password, RepositoryContext context)
            throws RepositoryException {
        String place = storage.location();
        String create = "nightjar init --to " + place + "     makes a new one";
        if (!storage.exists()) {
            throw new NoRepositoryException(
                    "no repository at " + place, "There is no such directory; is its disk mounted?", create);
        }
        byte[] configFile = readConfig(storage);
        if (configFile == null) {
            throw new NoRepositoryException(
                    "no repository at " + place,
                    "The directory is there, but it has no file \"config\"; is its disk mounted?",
                    create);
        }
        List<Id> keys = KeyRing.list(storage);
        if (keys.isEmpty()) {
            throw new NoRepositoryException(
                    "no repository at " + place,
                    "It has a config but no keys, so no password can open it",
                    "look for a copy of " + place + "/keys");
        }
        KeyRing.Opened key = KeyRing.open(storage, keys, password, context);
        byte[] plain;
        try {
            plain = new Envelope(key.master(), context.random()).open(configFile);
        } catch (TagMismatchException e) {
            throw new CorruptException(
                    "the config of " + place + " cannot be decrypted",
                    "the password fits a key, but the config was sealed with another, or is damaged",
                    e);
        }
        Config config = Config.decode(plain);
        if (config.version() < 1 || config.version() > 2) {
            throw new UnsupportedRepositoryException(
                    "the repository at " + place + " is of version " + config.version(),
                    "versions 1 and 2 are known",
                    "use the program that made it");
        }
        return new Repository(storage, context, key, config, configFile);
    }

    private static byte @Nullable [] readConfig(Storage storage) throws RepositoryException {
        try {
            return storage.read(FileName.CONFIG);
        } catch (StorageException e) {
            if (e.kind() == StorageException.Kind.NOT_FOUND) {
                return null;
            }
            throw e;
        }
    }

    /** The repository's own id, from its config. */
    public Id id() {
        return config.id();
    }

    /** The version of the format, 1 or 2. */
    public int version() {
        return config.version();
    }

    /**
     * Where its files are. What fails for a reason that may pass is tried again, for some minutes in all, until the thread
     * is interrupted or the repository closed.
     */
    public Storage storage() {
        return patient;
    }

    /** Where its files are; says at once what is wrong there. */
    public Storage bareStorage() {
        return storage;
    }

    /** All snapshots, oldest first. */
    public List<Snapshot> snapshots() throws RepositoryException {
        List<Snapshot> snapshots = new ArrayList<>();
        for (Id id : list(FileKind.SNAPSHOT)) {
            try {
                snapshots.add(snapshot(id));
            } catch (StorageException e) {
                // Forgotten since it was listed.
                if (e.kind() != StorageException.Kind.NOT_FOUND) {
                    throw e;
                }
            }
        }
        snapshots.sort(Comparator.comparing(Snapshot::time));
        return snapshots;
    }

    /** One snapshot. */
    public Snapshot snapshot(Id id) throws RepositoryException {
        InputStream in = unpacked.read(FileKind.SNAPSHOT, id);
        return SnapshotFile.decode(id, in);
    }

    /** Locks the repository as restic does; fails rather than waits. */
    public RepositoryLock lock(LockMode mode) throws RepositoryException {
        return locks.acquire(mode);
    }

    /**
     * A shared lock for reading trees and blobs, so that nobody prunes them meanwhile; restic's readers take it, too. Where
     * a lock cannot be written (a repository mounted read-only, of another owner, on a full disk) reading goes on without:
     * null. A prune could then take away what is being read, which is an error to the reader and no harm to the repository.
     *
     * @throws LockedException if somebody has locked the repository for himself
     */
    public @Nullable RepositoryLock lockForReading() throws RepositoryException {
        try {
            return lock(LockMode.SHARED);
        } catch (StorageException e) {
            return switch (e.kind()) {
                case DENIED, NO_SPACE, NOT_FOUND -> null;
                case TRANSIENT, INPUT_OUTPUT, CACHE, OTHER -> throw e;
            };
        }
    }

    /** Its keys. */
    public Keys keys() {
        return keys;
    }

    /** Removes stale locks, or all; returns how many. */
    public int unlock(boolean all) throws RepositoryException {
        return locks.unlock(all);
    }

    /** Brings the index up to date with the index files in the storage: list snapshots before, not after. */
    public void loadIndex() throws RepositoryException {
        for (int attempt = 1; ; attempt++) {
            try {
                loadIndexOnce();
                return;
            } catch (StorageException e) {
                // A file may go between the listing and its turn, when somebody prunes.
                if (e.kind() != StorageException.Kind.NOT_FOUND || attempt == INDEX_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private void loadIndexOnce() throws RepositoryException {
        Set<Id> there = list(FileKind.INDEX);
        try {
            if (!there.containsAll(index.files())) {
                index.clear();
            }
            Set<Id> known = index.files();
            boolean whole = false;
            try {
                for (Id file : there) {
                    if (!known.contains(file)) {
                        readIndexFile(file, this::addToIndex);
                        index.fileDone(file);
                    }
                }
                whole = true;
            } finally {
                if (!whole) {
                    // Blobs of half a file would be believed even when that file is gone later.
                    index.clear();
                }
            }
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw cacheFailed(context.cache(), e);
        }
    }

    private void addToIndex(PackLocation blob, boolean condemned) throws RepositoryException {
        try {
            index.add(blob, condemned);
        } catch (IOException e) {
            throw cacheFailed(context.cache(), e);
        }
    }

    /** Where the index says the blob is, or null. */
    public @Nullable PackLocation locate(BlobType type, Id id) {
        return index.locate(type, id);
    }

    /** How many blobs the index knows. */
    public long indexedBlobs() {
        return index.count();
    }

    /** The blob, checked against its hash. */
    public byte[] loadBlob(BlobType type, Id id) throws RepositoryException {
        PackLocation location = locate(type, id);
        if (location == null) {
            throw new CorruptException("blob " + id.shortHex() + " is missing", "no index file names it");
        }
        return readBlob(location);
    }

    /** The blob at this place, checked against its hash. */
    public byte[] readBlob(PackLocation location) throws RepositoryException {
        mustHold(patient, location.pack(), location.offset(), location.length());
        byte[] bytes =
                patient.readRange(new FileName(FileKind.DATA, location.pack()), location.offset(), location.length());
        return readers.decode(location, bytes, 0);
    }

    /** Before room is made for so many bytes: a damaged index may speak of gigabytes. */
    static void mustHold(Storage storage, Id pack, int offset, int length) throws RepositoryException {
        if (length > UNASKED && (long) offset + length > storage.size(new FileName(FileKind.DATA, pack))) {
            throw new CorruptException(
                    "pack " + pack.shortHex() + " is damaged", "it is shorter than the index says that its blobs are");
        }
    }

    /** Readers for threads that go through many packs; each keeps a buffer of up to {@code kept} bytes for what it loads. */
    public PackReaders packReaders(int kept) {
        return new PackReaders(this, patient, kept);
    }

    /**
     * Readers for threads that go through many packs chunk by chunk.
     *
     * @param givenUp whether nobody waits any more for what they read: then what fails is not tried again
     */
    public PackReaders packReaders(BooleanSupplier givenUp) {
        return new PackReaders(this, new RetryingStorage(storage, context.machine(), givenUp), PackReader.CHUNK);
    }

    PackReader packReader(Storage through, int kept) {
        return new PackReader(this, through, new BlobReader(unpacked.envelope()), kept);
    }

    /** The blobs that the pack's own header names, in file order. */
    public List<PackLocation> readPackHeader(Id pack, long packSize) throws RepositoryException {
        return headers.read(pack, packSize);
    }

    /** The blobs that the header of a whole pack names, in file order. */
    List<PackLocation> packHeader(Id pack, ByteBuffer bytes) throws RepositoryException {
        return headers.of(pack, bytes);
    }

    /** Tells all that an index file holds. */
    public void readIndexFile(Id indexFile, IndexVisitor visitor) throws RepositoryException {
        InputStream in = unpacked.read(FileKind.INDEX, indexFile);
        IndexFile.decode("index " + indexFile.shortHex(), in, visitor);
    }

    /** The plain bytes of an index, snapshot or lock file, checked against its name. */
    public byte[] loadFile(FileKind kind, Id id) throws RepositoryException {
        return unpacked.readAll(kind, id);
    }

    /**
     * Begins a commit: makes sure that the repository is still this one, takes the shared lock, lists the snapshots, then
     * refreshes the index.
     */
    public Commit beginCommit(CommitOptions options) throws RepositoryException {
        return beginCommit(options, BlobEncoder.Tampering.NONE, true);
    }

    /** With doors for tests: what may happen to a sealed blob, and whether C15's safeguard is on. */
    Commit beginCommit(CommitOptions options, BlobEncoder.Tampering tampering, boolean verify)
            throws RepositoryException {
        requireSame();
        if (!config.isCutAsHere()) {
            throw new UnsupportedRepositoryException(
                    "cannot write to the repository at " + storage.location(),
                    "it cuts files with a chunker, or into pieces, that are not known here",
                    "use the program that made it");
        }
        if (!committing.compareAndSet(false, true)) {
            throw new IllegalStateException("a commit is under way");
        }
        RepositoryLock lock = null;
        boolean begun = false;
        try {
            lock = locks.acquire(LockMode.SHARED);
            Set<Id> snapshots = list(FileKind.SNAPSHOT);
            loadIndex();
            index.beginCommit();
            Commit commit = new Commit(this, lock, snapshots, options, tampering, verify);
            begun = true;
            return commit;
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw cacheFailed(context.cache(), e);
        } finally {
            if (!begun) {
                if (lock != null) {
                    lock.close();
                }
                committing.set(false);
            }
        }
    }

    /** C16: the repository's id must be found before anything is written. */
    private void requireSame() throws RepositoryException {
        byte[] now = readConfig(storage);
        if (now == null) {
            throw new NoRepositoryException(
                    "the repository at " + storage.location() + " is gone",
                    "Its file \"config\" is not there; is its disk mounted?",
                    "mount it, and it goes on by itself");
        }
        if (!Arrays.equals(now, configFile)) {
            throw new NoRepositoryException(
                    "the repository at " + storage.location() + " is another one now",
                    "Its config is not the one that was opened",
                    "bring the right disk, or start again with this one");
        }
    }

    /** The ids of all files of a kind. */
    Set<Id> list(FileKind kind) throws RepositoryException {
        Set<Id> ids = new HashSet<>();
        patient.list(kind, (id, size) -> ids.add(id));
        return ids;
    }

    void commitClosed() {
        committing.set(false);
    }

    Config config() {
        return config;
    }

    Unpacked unpacked() {
        return unpacked;
    }

    BlobIndex index() {
        return index;
    }

    RepositoryContext context() {
        return context;
    }

    static StorageException cacheFailed(Path cache, IOException e) {
        return new StorageException(
                StorageException.Kind.CACHE,
                "cannot use the index kept at " + cache,
                "(" + e.getMessage() + ")",
                "make room there; it can also be removed at any time",
                e);
    }

    /**
     * Keeps the index for next time; a failure to do so is logged, as it can be made again. Removes locks whose users were
     * stopped before they could.
     */
    @Override
    public void close() {
        closed = true;
        locks.releaseAll();
        readers.close();
        try {
            index.close();
        } catch (IOException e) {
            System.getLogger(Repository.class.getName())
                    .log(System.Logger.Level.INFO, "cannot keep the index: " + e.getMessage());
        }
    }
}
