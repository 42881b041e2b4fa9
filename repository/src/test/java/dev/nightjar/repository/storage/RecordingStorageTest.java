package dev.nightjar.repository.storage;

final class RecordingStorageTest extends StorageConformance {
    @Override
    Storage fresh() {
        return new RecordingStorage();
    }
}
