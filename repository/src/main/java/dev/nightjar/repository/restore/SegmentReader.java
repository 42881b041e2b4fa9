package dev.nightjar.repository.restore;

import dev.nightjar.repository.Repository;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.restore.Batch.Segment;
import dev.nightjar.repository.restore.Batch.Use;
import dev.nightjar.repository.restore.Batch.Wanted;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import org.jspecify.annotations.Nullable;

/**
 * Reads a piece of a pack and writes each of its blobs wherever it belongs. Every blob is compared with its id before a
 * byte of it is written (C19). Thread-safe.
 */
final class SegmentReader {

    private final Repository repository;
    private final FileRestore files;
    private final Tally tally;

    SegmentReader(Repository repository, FileRestore files, Tally tally) {
        this.repository = repository;
        this.files = files;
        this.tally = tally;
    }

    void restore(Segment segment) {
        byte[] bytes = tally.isStopped() ? null : read(segment);
        for (Wanted blob : segment.blobs()) {
            restore(blob, bytes, segment.start());
        }
    }

    /** The piece of the pack, or null if it cannot be read: then each blob is tried by itself. */
    private byte @Nullable [] read(Segment segment) {
        if (segment.blobs().size() == 1) {
            return null;
        }
        try {
            FileName pack = new FileName(
                    FileKind.DATA, segment.blobs().getFirst().location.pack());
            return repository.storage().readRange(pack, segment.start(), segment.length());
        } catch (RepositoryException _) {
            return null;
        }
    }

    private void restore(Wanted blob, byte @Nullable [] bytes, int start) {
        byte[] content = null;
        RepositoryException problem = null;
        if (!tally.isStopped()) {
            try {
                content = bytes == null
                        ? repository.readBlob(blob.location)
                        : repository.decodeBlob(blob.location, bytes, start);
            } catch (RepositoryException e) {
                problem = e;
            }
        }
        for (Use use = blob.uses; use != null; use = use.next()) {
            if (content != null) {
                files.write(use.file(), content, use.position());
            } else if (problem != null) {
                files.fail(use.file(), problem);
            }
            files.blobDone(use.file());
        }
    }
}
