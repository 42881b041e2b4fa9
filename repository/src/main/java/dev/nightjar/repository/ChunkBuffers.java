package dev.nightjar.repository;

import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/** A few spare buffers for chunks that change hands between workers. Thread-safe. */
final class ChunkBuffers {
    private final ArrayDeque<byte[]> idle = new ArrayDeque<>();

    ChunkBuffers(int count) {
        for (int i = 0; i < count; i++) {
            idle.add(new byte[0]);
        }
    }

    /** A buffer of any length, or null if all are in use. */
    synchronized byte @Nullable [] poll() {
        return idle.poll();
    }

    synchronized void give(byte[] buffer) {
        idle.push(buffer);
    }
}
