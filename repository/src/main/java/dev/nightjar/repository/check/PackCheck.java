package dev.nightjar.repository.check;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.CheckListener.Stage;
import dev.nightjar.repository.check.Findings.Blob;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads packs as they lie in the storage: the hash of the file, every blob decrypted, decoded and hashed, the header
 * compared with the index. A pack in which anything is wrong is read once more: a second look that finds nothing wrong
 * means that reading failed, not the storage.
 */
final class PackCheck {

    /** Larger packs are not held in memory whole. */
    private static final int WHOLE = 32 << 20;

    private static final int PIECE = 8 << 20;

    private final Repository repository;
    private final IndexedPacks indexed;
    private final Findings findings;
    private final Iterator<Map.Entry<Id, Long>> packs;
    private final long total;
    private long bytesRead;

    PackCheck(Repository repository, IndexedPacks indexed, Findings findings, Map<Id, Long> packs) {
        this.repository = repository;
        this.indexed = indexed;
        this.findings = findings;
        this.packs = packs.entrySet().iterator();
        this.total = packs.values().stream().mapToLong(Long::longValue).sum();
    }

    void check(int threads) throws InterruptedException {
        Parallel.run(threads, this::step);
    }

    synchronized long bytesRead() {
        return bytesRead;
    }

    private boolean step() {
        Id pack;
        long size;
        synchronized (this) {
            if (!packs.hasNext()) {
                return false;
            }
            Map.Entry<Id, Long> next = packs.next();
            pack = next.getKey();
            size = next.getValue();
        }
        Damage damage = look(pack, size);
        if (damage != null) {
            damage = look(pack, size);
            if (damage == null) {
                findings.hint("pack " + pack.shortHex() + " was read wrongly once, and rightly the second time");
            } else {
                findings.error(Kind.PACK, "pack " + pack.shortHex(), damage.detail(), damage.lost());
            }
        }
        synchronized (this) {
            bytesRead += size;
            findings.progress(Stage.DATA, bytesRead, total);
        }
        return true;
    }

    private record Damage(String detail, List<Blob> lost) {}

    private @Nullable Damage look(Id pack, long size) {
        try {
            FileName name = new FileName(FileKind.DATA, pack);
            byte[] whole = size <= WHOLE ? repository.storage().read(name) : null;
            Id hash = whole == null ? hashInPieces(name, size) : Id.sha256(whole);
            String wrong = hash.equals(pack) ? null : "its content does not match its name";
            List<PackLocation> header = null;
            try {
                header = whole == null ? repository.readPackHeader(pack, size) : repository.readPackHeader(pack, whole);
                IndexedPacks.Pack known = indexed.get(pack);
                if (known != null && !known.holdsExactly(header)) {
                    wrong = join(wrong, "its header and the index differ");
                }
            } catch (RepositoryException e) {
                wrong = join(wrong, String.valueOf(e.getMessage()));
            }
            List<PackLocation> blobs = wrong == null && header != null ? header : union(header, indexed.blobsOf(pack));
            List<Blob> lost = new ArrayList<>();
            for (PackLocation blob : blobs) {
                if (!isWhole(blob, whole)) {
                    lost.add(IndexedPacks.blob(blob));
                }
            }
            if (!lost.isEmpty()) {
                wrong = join(wrong, lost.size() + " of " + blobs.size() + " blobs cannot be read");
            }
            return wrong == null ? null : new Damage(wrong, lost);
        } catch (RepositoryException e) {
            return new Damage(String.valueOf(e.getMessage()), lostWith(pack));
        }
    }

    private boolean isWhole(PackLocation blob, byte @Nullable [] whole) {
        if (whole != null && (long) blob.offset() + blob.length() > whole.length) {
            return false;
        }
        try {
            byte[] content = whole == null ? repository.readBlob(blob) : repository.decodeBlob(blob, whole, 0);
            return content.length == blob.size();
        } catch (RepositoryException _) {
            return false;
        }
    }

    private Id hashInPieces(FileName name, long size) throws RepositoryException {
        MessageDigest digest = Id.newSha256();
        for (long at = 0; at < size; at += PIECE) {
            digest.update(repository.storage().readRange(name, at, (int) Math.min(PIECE, size - at)));
        }
        return Id.of(digest.digest());
    }

    private List<Blob> lostWith(Id pack) {
        return indexed.blobsOf(pack).stream().map(IndexedPacks::blob).toList();
    }

    private static String join(@Nullable String one, String other) {
        return one == null ? other : one + "; " + other;
    }

    private static List<PackLocation> union(@Nullable List<PackLocation> header, List<PackLocation> index) {
        List<PackLocation> all = new ArrayList<>(index);
        if (header != null) {
            header.stream().filter(blob -> !index.contains(blob)).forEach(all::add);
        }
        return all;
    }
}
