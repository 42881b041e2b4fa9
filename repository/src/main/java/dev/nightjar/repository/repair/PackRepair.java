package dev.nightjar.repository.repair;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.repair.RepairListener.Stage;
import dev.nightjar.repository.storage.FileKind;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Takes what is whole out of damaged packs into new ones, and the damaged ones out of the index and away. What was not
 * whole is then missing, so that the next backup stores it again if it still has it. Memory grows with the number of blobs
 * in the damaged packs. For one repair.
 */
public final class PackRepair {

    /**
     * What came of it.
     *
     * @param copied blobs that were whole
     * @param lost blobs that were not
     */
    public record Result(long copied, long lost) {}

    private record Blob(BlobType type, Id id) {}

    private final Repository repository;
    private final RepairListener listener;

    /** A repair of this repository. */
    public PackRepair(Repository repository, RepairListener listener) {
        this.repository = repository;
        this.listener = listener;
    }

    /** Repairs these packs, and the index. */
    public Result repair(Set<Id> packs, Rewriting rewriting) throws RepositoryException, InterruptedException {
        Set<PackLocation> places = places(packs);
        Map<Blob, Boolean> blobs = new LinkedHashMap<>();
        long done = 0;
        for (PackLocation place : places) {
            IndexRepair.giveUpIfInterrupted();
            Blob blob = new Blob(place.type(), place.blob());
            if (!blobs.getOrDefault(blob, false)) {
                blobs.put(blob, rewriting.copy(place));
            }
            listener.progress(Stage.BLOBS, ++done, places.size());
        }
        rewriting.flush();
        IndexRepair index = new IndexRepair(repository, listener);
        index.apply(index.plan(false, packs), rewriting);
        for (Id pack : packs) {
            rewriting.remove(FileKind.DATA, pack);
        }
        long copied = blobs.values().stream().filter(whole -> whole).count();
        return new Result(copied, blobs.size() - copied);
    }

    /** Where blobs should be, by the packs' headers and by all index files that can be read. */
    private Set<PackLocation> places(Set<Id> packs) throws RepositoryException, InterruptedException {
        Set<PackLocation> places = new LinkedHashSet<>();
        Map<Id, Long> sizes = new HashMap<>();
        repository.storage().list(FileKind.DATA, (id, size) -> {
            if (packs.contains(id)) {
                sizes.put(id, size);
            }
        });
        for (Map.Entry<Id, Long> pack : sizes.entrySet()) {
            try {
                places.addAll(repository.readPackHeader(pack.getKey(), pack.getValue()));
            } catch (CorruptException _) {
                // The index may know.
            }
        }
        Set<Id> files = new LinkedHashSet<>();
        repository.storage().list(FileKind.INDEX, (id, _) -> files.add(id));
        for (Id file : files) {
            IndexRepair.giveUpIfInterrupted();
            try {
                repository.readIndexFile(file, (blob, _) -> {
                    if (packs.contains(blob.pack())) {
                        places.add(blob);
                    }
                });
            } catch (CorruptException _) {
                // Mending the index comes after this.
            }
        }
        return places;
    }
}
