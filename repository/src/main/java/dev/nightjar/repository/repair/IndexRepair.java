package dev.nightjar.repository.repair;

import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.Rewriting;
import dev.nightjar.repository.repair.RepairListener.Stage;
import dev.nightjar.repository.storage.FileKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes the index name what the packs hold. Index files in which nothing is wrong stay as they are. The others are written
 * again without packs that are gone; packs that no index names, or not as they are, are looked up in their own headers. New
 * index files are durable before old ones are removed. Memory grows with the number of packs, not of blobs. For one repair.
 */
public final class IndexRepair {

    /** Bytes of a header's entry without and with the length before compression, and of what every pack has once. */
    private static final int ENTRY = 37;

    private static final int COMPRESSED_ENTRY = 41;
    private static final int ONCE = 36;
    private static final int BLOBS_AN_INDEX = 50_000;

    /** What the index files say of a pack. */
    private static final class Known {
        private final Set<Id> files = new LinkedHashSet<>(2);
        private long size = ONCE;
        private int blobs;
    }

    /**
     * What is to be done.
     *
     * @param unreadable index files that cannot be read; they are removed
     * @param rewritten index files that are written again
     * @param gone packs that an index names and that are not there, or that were given as to be left out; what was in them
     *     leaves the index
     * @param headers packs whose header is to be read
     */
    public record Plan(Set<Id> unreadable, Set<Id> rewritten, Set<Id> gone, Set<Id> headers) {

        public Plan {
            unreadable = Set.copyOf(unreadable);
            rewritten = Set.copyOf(rewritten);
            gone = Set.copyOf(gone);
            headers = Set.copyOf(headers);
        }

        /** Whether the index is right as it is. */
        public boolean isEmpty() {
            return unreadable.isEmpty() && rewritten.isEmpty() && gone.isEmpty() && headers.isEmpty();
        }
    }

    /**
     * What was done.
     *
     * @param added packs that were read from their headers into the index
     * @param bad packs whose header cannot be read: they are where they were, and in no index
     */
    public record Result(long added, Set<Id> bad) {
        public Result {
            bad = Set.copyOf(bad);
        }
    }

    private final Repository repository;
    private final RepairListener listener;
    private final Map<Id, Known> known = new HashMap<>();
    private final Map<Id, Long> stored = new HashMap<>();

    /** A repair of this repository. */
    public IndexRepair(Repository repository, RepairListener listener) {
        this.repository = repository;
        this.listener = listener;
    }

    /**
     * Looks what is to be done; changes nothing.
     *
     * @param allHeaders believe no index file: read the header of every pack
     * @param without packs that leave the index, though they may be there
     */
    public Plan plan(boolean allHeaders, Set<Id> without) throws RepositoryException, InterruptedException {
        Set<Id> files = new LinkedHashSet<>();
        repository.storage().list(FileKind.INDEX, (id, _) -> files.add(id));
        Set<Id> unreadable = readAll(files);
        repository.storage().list(FileKind.DATA, stored::put);
        Set<Id> gone = new HashSet<>();
        Set<Id> headers = new HashSet<>();
        Set<Id> rewritten = new HashSet<>();
        known.forEach((id, pack) -> {
            Long size = stored.get(id);
            boolean right = size != null
                    && size == pack.size
                    && pack.files.size() == 1
                    && !unreadable.containsAll(pack.files)
                    && !allHeaders
                    && !without.contains(id);
            if (!right) {
                (size == null || without.contains(id) ? gone : headers).add(id);
                rewritten.addAll(pack.files);
            }
        });
        for (Id id : stored.keySet()) {
            if (!known.containsKey(id) && !without.contains(id)) {
                headers.add(id);
            }
        }
        if (allHeaders) {
            rewritten.addAll(files);
        }
        rewritten.removeAll(unreadable);
        return new Plan(unreadable, rewritten, gone, headers);
    }

    private Set<Id> readAll(Set<Id> files) throws RepositoryException, InterruptedException {
        Set<Id> unreadable = new HashSet<>();
        long done = 0;
        for (Id file : files) {
            giveUpIfInterrupted();
            try {
                repository.readIndexFile(file, (blob, _) -> {
                    Known pack = known.computeIfAbsent(blob.pack(), _ -> new Known());
                    pack.files.add(file);
                    pack.size += blob.length() + (blob.rawLength() == 0 ? ENTRY : COMPRESSED_ENTRY);
                    pack.blobs++;
                });
            } catch (CorruptException _) {
                // What it told before it broke off only says which packs to look at.
                unreadable.add(file);
            }
            listener.progress(Stage.INDEX, ++done, files.size());
        }
        return unreadable;
    }

    /** Does what was planned; blobs that were stored under this lock were flushed. */
    public Result apply(Plan plan, Rewriting rewriting) throws RepositoryException, InterruptedException {
        IndexWriter writer = new IndexWriter(rewriting);
        for (Id file : plan.rewritten()) {
            giveUpIfInterrupted();
            Map<Id, List<PackLocation>> kept = new LinkedHashMap<>();
            repository.readIndexFile(file, (blob, _) -> {
                if (!plan.gone().contains(blob.pack()) && !plan.headers().contains(blob.pack())) {
                    kept.computeIfAbsent(blob.pack(), _ -> new ArrayList<>()).add(blob);
                }
            });
            for (Map.Entry<Id, List<PackLocation>> pack : kept.entrySet()) {
                writer.add(pack.getKey(), pack.getValue());
            }
        }
        Set<Id> bad = new HashSet<>();
        long done = 0;
        for (Id pack : plan.headers()) {
            giveUpIfInterrupted();
            List<PackLocation> blobs = header(pack);
            if (blobs == null) {
                bad.add(pack);
            } else {
                writer.add(pack, blobs);
            }
            listener.progress(Stage.HEADERS, ++done, plan.headers().size());
        }
        writer.flush();
        for (Set<Id> old : List.of(plan.rewritten(), plan.unreadable())) {
            for (Id file : old) {
                rewriting.remove(FileKind.INDEX, file);
            }
        }
        repository.loadIndex();
        return new Result(plan.headers().size() - bad.size(), bad);
    }

    /** The blobs that the pack's header names; null if it has none that fits it. */
    private @Nullable List<PackLocation> header(Id pack) throws RepositoryException {
        long size = stored.getOrDefault(pack, 0L);
        try {
            List<PackLocation> blobs = repository.readPackHeader(pack, size);
            long needed = ONCE;
            for (PackLocation blob : blobs) {
                needed += blob.length() + (blob.rawLength() == 0 ? ENTRY : COMPRESSED_ENTRY);
            }
            return needed == size ? blobs : null;
        } catch (CorruptException _) {
            return null;
        }
    }

    /** How many blobs the index files name in these packs, a blob of several index files as often as they do. */
    public long blobsIn(Set<Id> packs) {
        long blobs = 0;
        for (Id id : packs) {
            Known pack = known.get(id);
            blobs += pack == null ? 0 : pack.blobs;
        }
        return blobs;
    }

    static void giveUpIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("repair");
        }
    }

    /** Gathers packs, and writes an index file whenever there are enough. */
    private static final class IndexWriter {
        private final Rewriting rewriting;
        private final Map<Id, List<PackLocation>> packs = new LinkedHashMap<>();
        private int blobs;

        private IndexWriter(Rewriting rewriting) {
            this.rewriting = rewriting;
        }

        private void add(Id pack, List<PackLocation> content) throws RepositoryException {
            packs.put(pack, content);
            blobs += content.size();
            if (blobs >= BLOBS_AN_INDEX) {
                flush();
            }
        }

        private void flush() throws RepositoryException {
            if (!packs.isEmpty()) {
                rewriting.writeIndex(packs);
                packs.clear();
                blobs = 0;
            }
        }
    }
}
