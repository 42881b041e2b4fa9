package dev.nightjar.repository;

/**
 * What a commit did so far.
 *
 * @param filesRead files whose bytes were read
 * @param bytesRead bytes read from files
 * @param bytesWritten bytes handed to the storage
 * @param newDataBlobs data blobs that the repository did not have
 * @param newTreeBlobs tree blobs that the repository did not have
 * @param dataAdded their bytes, before compression
 * @param dataAddedPacked their bytes in packs
 * @param packs packs written
 */
public record CommitCounters(
        long filesRead,
        long bytesRead,
        long bytesWritten,
        long newDataBlobs,
        long newTreeBlobs,
        long dataAdded,
        long dataAddedPacked,
        long packs) {}
