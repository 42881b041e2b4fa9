package dev.nightjar.repository;

import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Memory off the heap, in blocks of one size that are used again. Grows to the most that was in use. Thread-safe. */
final class Blocks implements AutoCloseable {
    private static final int SIZE = 256 << 10;

    /** A block; its bytes belong to whoever took it. */
    record Block(Arena arena, ByteBuffer bytes) {}

    private final ArrayDeque<Block> idle = new ArrayDeque<>();
    private boolean closed;

    /** An empty block. */
    @SuppressWarnings("MustBeClosedChecker") // closed with all blocks, or when given back after that
    synchronized Block take() {
        Block block = idle.poll();
        if (block == null) {
            Arena arena = Arena.ofShared();
            return new Block(arena, arena.allocate(SIZE).asByteBuffer());
        }
        block.bytes().clear();
        return block;
    }

    synchronized void give(Block block) {
        if (closed) {
            block.arena().close();
        } else {
            idle.push(block);
        }
    }

    /** Frees the memory; blocks that are in use are freed when they are given back. */
    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(block -> block.arena().close());
        idle.clear();
    }
}
