package dev.nightjar.repository.check;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.check.CheckError.Kind;
import dev.nightjar.repository.check.CheckListener.Stage;
import dev.nightjar.repository.check.Findings.Blob;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the index files say of each pack, in little space: its blobs as a number and a sum. */
final class IndexedPacks {

    /** Bytes of a header's entry without and with the length before compression, and of what every pack has once. */
    private static final int ENTRY = 37;

    private static final int COMPRESSED_ENTRY = 41;
    private static final int ONCE = 36;

    /** One pack. */
    static final class Pack {
        private final Id indexFile;
        private final boolean condemned;
        private int blobs;
        private long sum;
        private long size = ONCE;
        private boolean trees;
        private boolean data;

        private Pack(Id indexFile, boolean condemned) {
            this.indexFile = indexFile;
            this.condemned = condemned;
        }

        /** What a pack with these blobs has in bytes. */
        long size() {
            return size;
        }

        int blobs() {
            return blobs;
        }

        /** Whether it is marked for deletion, and no index file counts on it: it may go at any time. */
        boolean isCondemned() {
            return condemned;
        }

        private void add(PackLocation blob) {
            blobs++;
            sum += fingerprint(blob);
            size += blob.length() + (blob.rawLength() == 0 ? ENTRY : COMPRESSED_ENTRY);
            trees |= blob.type() == BlobType.TREE;
            data |= blob.type() == BlobType.DATA;
        }

        /** Whether these are the pack's blobs, in whatever order. */
        boolean holdsExactly(List<PackLocation> header) {
            long headerSum = 0;
            for (PackLocation blob : header) {
                headerSum += fingerprint(blob);
            }
            return header.size() == blobs && headerSum == sum;
        }
    }

    private final Repository repository;
    private final Set<Id> indexFiles;
    private final Map<Id, Pack> packs = new HashMap<>();
    private final Map<Id, Pack> condemned = new HashMap<>();

    IndexedPacks(Repository repository, Set<Id> indexFiles) {
        this.repository = repository;
        this.indexFiles = indexFiles;
    }

    /** Reads all index files. */
    void read(Findings findings) {
        long done = 0;
        for (Id indexFile : indexFiles) {
            try {
                repository.readIndexFile(indexFile, (blob, marked) -> add(indexFile, blob, marked, findings));
            } catch (RepositoryException e) {
                findings.error(Kind.INDEX, "index", indexFile, String.valueOf(e.getMessage()));
            }
            findings.progress(Stage.FILES, ++done, indexFiles.size());
        }
        condemned.forEach(packs::putIfAbsent);
        packs.forEach((id, pack) -> {
            if (pack.trees && pack.data) {
                findings.hint("pack " + id.shortHex() + " holds trees and data");
            }
        });
    }

    private void add(Id indexFile, PackLocation blob, boolean marked, Findings findings) {
        Pack pack = (marked ? condemned : packs).computeIfAbsent(blob.pack(), _ -> new Pack(indexFile, marked));
        if (pack.indexFile.equals(indexFile)) {
            pack.add(blob);
        } else {
            findings.hint("pack " + blob.pack().shortHex() + " is in several index files");
        }
    }

    @Nullable
    Pack get(Id pack) {
        return packs.get(pack);
    }

    Map<Id, Pack> all() {
        return packs;
    }

    /** The blobs that the index files say are in this pack. */
    List<PackLocation> blobsOf(Id pack) {
        List<PackLocation> blobs = new ArrayList<>();
        Pack known = packs.get(pack);
        if (known == null) {
            return blobs;
        }
        try {
            repository.readIndexFile(known.indexFile, (blob, marked) -> {
                if (blob.pack().equals(pack) && marked == known.condemned) {
                    blobs.add(blob);
                }
            });
        } catch (RepositoryException _) {
            // Told when all were read; what was found before the damage is as good as any.
            return blobs;
        }
        return blobs;
    }

    /** What is lost when these packs are. All index files are read once more for it. */
    Map<Id, List<Blob>> lostWith(Set<Id> lost) {
        Map<Id, List<Blob>> blobs = new HashMap<>();
        lost.forEach(pack -> blobs.put(pack, new ArrayList<>()));
        for (Id indexFile : lost.isEmpty() ? Set.<Id>of() : indexFiles) {
            try {
                repository.readIndexFile(indexFile, (blob, _) -> {
                    List<Blob> ofPack = blobs.get(blob.pack());
                    if (ofPack != null) {
                        ofPack.add(blob(blob));
                    }
                });
            } catch (RepositoryException _) {
                // Told when it was read for the first time.
            }
        }
        return blobs;
    }

    static Blob blob(PackLocation location) {
        return new Blob(location.type(), location.blob());
    }

    private static long fingerprint(PackLocation blob) {
        long h = blob.blob().hashCode();
        h = h * 0x9E3779B97F4A7C15L + blob.offset();
        h = h * 0x9E3779B97F4A7C15L + blob.length();
        h = h * 0x9E3779B97F4A7C15L + blob.rawLength();
        h = h * 0x9E3779B97F4A7C15L + (blob.type() == BlobType.TREE ? 1 : 0);
        return h ^ h >>> 29;
    }
}
