package dev.nightjar.repository.restore;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.PackReader;
import dev.nightjar.repository.PackReaders;
import dev.nightjar.repository.RepositoryException;
import dev.nightjar.repository.restore.Batch.Segment;
import dev.nightjar.repository.restore.Batch.Use;
import dev.nightjar.repository.restore.Batch.Wanted;

/**
 * Reads a piece of a pack and writes each of its blobs wherever it belongs. Every blob is compared with its id before a
 * byte of it is written (C19), unless the options say no. Thread-safe.
 */
final class SegmentReader {

    private final PackReaders readers;
    private final FileRestore files;
    private final Tally tally;
    private final boolean verify;

    SegmentReader(PackReaders readers, FileRestore files, Tally tally, boolean verify) {
        this.readers = readers;
        this.files = files;
        this.tally = tally;
        this.verify = verify;
    }

    void restore(Segment segment) {
        PackReader reader = readers.take();
        try {
            boolean loaded =
                    segment.blobs().size() > 1 && load(reader, segment.pack(), segment.start(), segment.length());
            for (Wanted blob : segment.blobs()) {
                restore(reader, blob, loaded);
            }
        } finally {
            readers.give(reader);
        }
    }

    /** Whether that piece of the pack could be read: if not, each blob is tried by itself. */
    private boolean load(PackReader reader, Id pack, int start, int length) {
        if (tally.isStopped()) {
            return false;
        }
        try {
            reader.load(pack, start, length);
            return true;
        } catch (RepositoryException _) {
            return false;
        }
    }

    private void restore(PackReader reader, Wanted blob, boolean loaded) {
        int length = -1;
        RepositoryException problem = null;
        if (!tally.isStopped()) {
            try {
                length = read(reader, blob, loaded);
            } catch (RepositoryException e) {
                problem = e;
            }
        }
        for (Use use = blob.uses; use != null; use = use.next()) {
            if (length >= 0) {
                files.write(use.file(), reader.content(), length, use.position());
            } else if (problem != null) {
                files.fail(use.file(), problem);
            }
            files.blobDone(use.file());
        }
    }

    private int read(PackReader reader, Wanted blob, boolean loaded) throws RepositoryException {
        if (!loaded) {
            reader.load(blob.location.pack(), blob.location.offset(), blob.location.length());
        }
        return reader.decode(blob.location, verify);
    }
}
