package dev.nightjar.repository.restore;

import dev.nightjar.repository.BlobType;
import dev.nightjar.repository.CorruptException;
import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackLocation;
import dev.nightjar.repository.Repository;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Files that are restored together, so that each pack is read from front to back, in long pieces, and a blob that several
 * of them hold is read once. Bounded in files, blobs and bytes. For one thread.
 */
final class Batch {

    private static final int FILES = 4096;
    /** Files of several blobs stay open until the last is written. */
    private static final int LARGE_FILES = 256;

    private static final int BLOBS = 32_768;
    private static final long BYTES = 256L << 20;

    /** Most bytes of a piece of a pack with several blobs. */
    private static final int SEGMENT_BYTES = 2 << 20;
    /** Reading so many bytes that nobody wants is cheaper than another request. */
    private static final int GAP = 64 * 1024;

    private static final Comparator<Wanted> BY_PLACE = Comparator.<Wanted, Id>comparing(
                    wanted -> wanted.location.pack())
            .thenComparingInt(wanted -> wanted.location.offset());

    /** A place where a blob belongs. */
    record Use(FilePlan file, long position, @Nullable Use next) {}

    /** A blob and all places where it belongs. */
    static final class Wanted {
        final PackLocation location;

        @Nullable
        Use uses;

        Wanted(PackLocation location) {
            this.location = location;
        }
    }

    /** Neighbouring blobs of one pack, read at once. */
    record Segment(List<Wanted> blobs) {
        Id pack() {
            return blobs.getFirst().location.pack();
        }

        int start() {
            return blobs.getFirst().location.offset();
        }

        int length() {
            PackLocation last = blobs.getLast().location;
            return last.offset() + last.length() - start();
        }
    }

    private final Repository repository;
    private final FileRestore files;
    private final Map<Id, Wanted> wanted = new HashMap<>();
    private final List<FilePlan> withoutBlobs = new ArrayList<>();
    private int count;
    private int large;
    private long bytes;

    Batch(Repository repository, FileRestore files) {
        this.repository = repository;
        this.files = files;
    }

    /** Whether it should be worked off before more is added. */
    boolean isFull() {
        return count >= FILES || large >= LARGE_FILES || wanted.size() >= BLOBS || bytes >= BYTES;
    }

    void add(FilePlan file) {
        count++;
        List<Id> content = file.node.content();
        if (content == null) {
            files.fail(file, new CorruptException("a file has no list of blobs", ""));
            withoutBlobs.add(file);
            return;
        }
        List<Wanted> blobs = new ArrayList<>(content.size());
        for (Id id : content) {
            Wanted blob = wanted.get(id);
            if (blob == null) {
                PackLocation location = repository.locate(BlobType.DATA, id);
                if (location == null) {
                    files.fail(file, new CorruptException("blob " + id.shortHex() + " is missing", "no index has it"));
                    withoutBlobs.add(file);
                    return;
                }
                blob = new Wanted(location);
            }
            blobs.add(blob);
        }
        if (blobs.isEmpty()) {
            withoutBlobs.add(file);
        }
        file.remaining = blobs.size();
        large += blobs.size() > 1 ? 1 : 0;
        for (Wanted blob : blobs) {
            Wanted known = wanted.computeIfAbsent(blob.location.blob(), _ -> blob);
            known.uses = new Use(file, file.length, known.uses);
            file.length += blob.location.size();
        }
        bytes += file.length;
    }

    /** Hands out all work in the order of the packs, then is empty again. */
    void handOut(Consumer<Segment> readers, Consumer<FilePlan> completers) {
        List<Wanted> blobs = new ArrayList<>(wanted.values());
        blobs.sort(BY_PLACE);
        List<FilePlan> complete = List.copyOf(withoutBlobs);
        wanted.clear();
        withoutBlobs.clear();
        count = 0;
        large = 0;
        bytes = 0;
        complete.forEach(completers);
        int from = 0;
        for (int i = 1; i <= blobs.size(); i++) {
            if (i == blobs.size() || !continues(blobs.get(from), blobs.get(i - 1), blobs.get(i))) {
                readers.accept(new Segment(List.copyOf(blobs.subList(from, i))));
                from = i;
            }
        }
    }

    private static boolean continues(Wanted first, Wanted last, Wanted next) {
        long end = (long) next.location.offset() + next.location.length();
        return first.location.pack().equals(next.location.pack())
                && end - first.location.offset() <= SEGMENT_BYTES
                && next.location.offset() - (last.location.offset() + last.location.length()) <= GAP;
    }
}
