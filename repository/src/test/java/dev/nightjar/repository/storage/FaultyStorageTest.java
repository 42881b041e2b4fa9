package dev.nightjar.repository.storage;

/** A faulty storage whose plan is that all goes well is a storage. */
final class FaultyStorageTest extends StorageConformance {
    @Override
    Storage fresh() {
        return new FaultyStorage(new RecordingStorage());
    }
}
