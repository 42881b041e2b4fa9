package dev.nightjar.repository.check;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.LockedException;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.RepositoryLock;
import dev.nightjar.repository.Snapshot;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.Findings.Blob;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Checks a repository as restic does: every snapshot, index file and key can be read; every pack that an index names is
 * there and as long as its blobs; every tree of every snapshot can be read, and all it needs is in the index. With the data
 * read, also that every pack and every blob in it is what was written. What is lost is followed up to the files that need
 * it.
 *
 * <p>It only reads, so it takes a shared lock, where restic takes an exclusive one: backups may go on meanwhile (their new
 * packs may show as a hint, no index naming them yet), prune may not. For one check at a time.
 */
public final class Checker {

    /** More would need more memory than the program is given: each holds a pack. */
    private static final int THREADS_AT_MOST = 4;

    /** Of so many lost packs at most, the files that need them are looked for. */
    private static final int FOLLOWED_AT_MOST = 1000;

    private final Repository repository;
    private final int threads = Math.clamp(Runtime.getRuntime().availableProcessors(), 2, THREADS_AT_MOST);

    /** A checker of this repository, whose index it loads. */
    public Checker(Repository repository) {
        this.repository = repository;
    }

    /** As {@link #check(ReadData, CheckListener)}, with all data read or none. */
    public CheckReport check(boolean readData, CheckListener listener)
            throws RepositoryException, InterruptedException {
        return check(readData ? new ReadData.All() : new ReadData.None(), listener);
    }

    /**
     * Checks everything.
     *
     * @param readData which packs' content is read, too
     * @throws LockedException if somebody holds an exclusive lock
     * @throws RepositoryException if the storage does not answer
     * @throws InterruptedException if the calling thread was interrupted
     */
    public CheckReport check(ReadData readData, CheckListener listener)
            throws RepositoryException, InterruptedException {
        try (RepositoryLock _ = repository.lockForReading()) {
            return checkLocked(readData, new Findings(listener));
        }
    }

    private CheckReport checkLocked(ReadData readData, Findings findings)
            throws RepositoryException, InterruptedException {
        checkKeys(findings);
        List<Snapshot> snapshots = readSnapshots(findings);
        Set<Id> indexFiles = new HashSet<>();
        repository.storage().list(FileKind.INDEX, (id, _) -> indexFiles.add(id));
        IndexedPacks indexed = new IndexedPacks(repository, indexFiles);
        indexed.read(findings);
        Map<Id, Long> packs = new HashMap<>();
        repository.storage().list(FileKind.DATA, packs::put);
        TreeCheck trees = new TreeCheck(repository, comparePacks(indexed, packs, findings), findings);
        if (loadIndex(findings)) {
            trees.check(threads, snapshots.stream().map(Snapshot::tree).toList());
        }
        PackCheck content = new PackCheck(repository, indexed, findings, readData.choose(packs));
        content.check(threads);
        if (findings.anythingToFollow()) {
            new AffectedSearch(repository, findings).search(snapshots);
        }
        return new CheckReport(
                findings.errors(),
                findings.errorCount(),
                findings.hints(),
                snapshots.size(),
                indexFiles.size(),
                packs.size(),
                trees.trees(),
                trees.files(),
                content.packsRead(),
                content.bytesRead());
    }

    private boolean loadIndex(Findings findings) {
        try {
            repository.loadIndex();
            return true;
        } catch (RepositoryException e) {
            findings.error(
                    Kind.INDEX, "the index", "cannot be loaded, so the trees were not looked at: " + e.getMessage());
            return false;
        }
    }

    private void checkKeys(Findings findings) throws RepositoryException {
        List<Id> keys = new ArrayList<>();
        repository.storage().list(FileKind.KEY, (id, _) -> keys.add(id));
        for (Id id : keys) {
            try {
                byte[] content = repository.storage().read(new FileName(FileKind.KEY, id));
                if (!Id.sha256(content).equals(id)) {
                    findings.error(Kind.KEY, "key", id, "its content does not match its name");
                }
            } catch (RepositoryException e) {
                findings.error(Kind.KEY, "key", id, String.valueOf(e.getMessage()));
            }
        }
    }

    /** Snapshots come before the index: what is added meanwhile is in no snapshot that was seen. */
    private List<Snapshot> readSnapshots(Findings findings) throws RepositoryException {
        List<Id> ids = new ArrayList<>();
        repository.storage().list(FileKind.SNAPSHOT, (id, _) -> ids.add(id));
        List<Snapshot> snapshots = new ArrayList<>();
        for (Id id : ids) {
            try {
                snapshots.add(repository.snapshot(id));
            } catch (RepositoryException e) {
                findings.error(Kind.SNAPSHOT, "snapshot", id, String.valueOf(e.getMessage()));
            }
        }
        snapshots.sort(Comparator.comparing(Snapshot::time));
        return snapshots;
    }

    /**
     * Packs were listed after the index was read: what an index names was there before it. Returns the packs that are gone
     * and may be, as they were marked for deletion: whether a snapshot needs them, the trees say.
     */
    private static Set<Id> comparePacks(IndexedPacks indexed, Map<Id, Long> packs, Findings findings) {
        Set<Id> lost = new HashSet<>();
        Set<Id> gone = new HashSet<>();
        indexed.all().forEach((id, pack) -> {
            Long size = packs.get(id);
            if (size == null && pack.isCondemned()) {
                gone.add(id);
                findings.hint("pack " + id.shortHex() + " was marked for deletion, and is gone");
            } else if ((size == null || size < pack.size()) && lost.size() < FOLLOWED_AT_MOST) {
                lost.add(id);
            }
        });
        Map<Id, List<Blob>> lostBlobs = indexed.lostWith(lost);
        indexed.all().forEach((id, pack) -> {
            Long size = packs.get(id);
            List<Blob> blobs = lostBlobs.getOrDefault(id, List.of());
            if (gone.contains(id)) {
                return;
            }
            if (size == null) {
                String detail = "is not there; it held " + pack.blobs() + " blobs";
                findings.error(Kind.PACK_MISSING, "pack", id, detail, blobs);
            } else if (size != pack.size()) {
                String detail = "has " + size + " bytes, and should have " + pack.size();
                findings.error(Kind.PACK_SIZE, "pack", id, detail, blobs);
            }
        });
        for (Id id : packs.keySet()) {
            if (indexed.get(id) == null) {
                findings.hint("pack " + id.shortHex() + " is named by no index; prune removes it");
            }
        }
        return gone;
    }
}
