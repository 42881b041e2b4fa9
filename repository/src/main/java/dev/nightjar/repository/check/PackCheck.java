package dev.nightjar.repository.check;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.PackReader;
import dev.nightjar.repository.PackReaders;
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
    private static final int WHOLE = 18 << 20;

    private static final int PIECE = 1 << 20;

    private final Repository repository;
    private final IndexedPacks indexed;
    private final Findings findings;
    private final Iterator<Map.Entry<Id, Long>> packs;
    private final long total;
    private long packsRead;
    private long bytesRead;

    PackCheck(Repository repository, IndexedPacks indexed, Findings findings, Map<Id, Long> packs) {
        this.repository = repository;
        this.indexed = indexed;
        this.findings = findings;
        this.packs = packs.entrySet().iterator();
        this.total = packs.values().stream().mapToLong(Long::longValue).sum();
    }

    void check(int threads) throws InterruptedException {
        try (PackReaders readers = repository.packReaders(WHOLE)) {
            Parallel.run(threads, () -> {
                PackReader reader = readers.take();
                try {
                    return step(reader);
                } finally {
                    readers.give(reader);
                }
            });
        }
    }

    synchronized long packsRead() {
        return packsRead;
    }

    synchronized long bytesRead() {
        return bytesRead;
    }

    private boolean step(PackReader reader) {
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
        Damage damage = look(reader, pack, size);
        if (damage != null) {
            damage = look(reader, pack, size);
            if (damage == null) {
                findings.hint("pack " + pack.shortHex() + " was read wrongly once, and rightly the second time");
            } else {
                findings.error(Kind.PACK, "pack", pack, damage.detail(), damage.lost());
            }
        }
        synchronized (this) {
            packsRead++;
            bytesRead += size;
            findings.progress(Stage.DATA, bytesRead, total);
        }
        return true;
    }

    private record Damage(String detail, List<Blob> lost) {}

    private @Nullable Damage look(PackReader reader, Id pack, long size) {
        try {
            FileName name = new FileName(FileKind.DATA, pack);
            boolean whole = size <= WHOLE;
            if (whole) {
                reader.load(pack, 0, (int) size);
            }
            Id hash = whole ? reader.hash() : hashInPieces(name, size);
            String wrong = hash.equals(pack) ? null : "its content does not match its name";
            List<PackLocation> header = null;
            try {
                header = whole ? reader.header(pack) : repository.readPackHeader(pack, size);
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
                if (!isWhole(reader, blob, whole, size)) {
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

    private static boolean isWhole(PackReader reader, PackLocation blob, boolean loaded, long size) {
        if ((long) blob.offset() + blob.length() > size) {
            return false;
        }
        try {
            if (!loaded) {
                reader.load(blob.pack(), blob.offset(), blob.length());
            }
            return reader.decode(blob) == blob.size();
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
