package dev.nightjar.engine;

import dev.nightjar.linux.Timestamp;
import dev.nightjar.repository.Id;
import java.util.ArrayList;
import java.util.List;

/**
 * What the ledger knows of a file's bytes.
 *
 * @param sequence the entry's content_sequence of which these bytes are; older than the entry's when they are not, or
 *     may not be, what the row describes
 * @param size how many bytes were read
 * @param mtime the file's modification time when they were read
 * @param blobs the ids of the data blobs, 32 bytes each, one after the other
 * @param attempt the attempt that wrote the line
 */
record Content(long sequence, long size, Timestamp mtime, byte[] blobs, long attempt) {

    /** The ids of the data blobs, in order. */
    List<Id> ids() {
        List<Id> ids = new ArrayList<>(blobs.length / Id.LENGTH);
        for (int at = 0; at < blobs.length; at += Id.LENGTH) {
            ids.add(Id.of(blobs, at));
        }
        return ids;
    }

    static byte[] join(List<Id> ids) {
        byte[] joined = new byte[ids.size() * Id.LENGTH];
        for (int i = 0; i < ids.size(); i++) {
            ids.get(i).copyTo(joined, i * Id.LENGTH);
        }
        return joined;
    }
}
