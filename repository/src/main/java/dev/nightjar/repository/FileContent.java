package dev.nightjar.repository;

import java.util.List;

/**
 * What a stored file consists of.
 *
 * @param blobs its data blobs, in order; empty for an empty file
 * @param size bytes read
 */
public record FileContent(List<Id> blobs, long size) {
    public FileContent {
        blobs = List.copyOf(blobs);
    }
}
