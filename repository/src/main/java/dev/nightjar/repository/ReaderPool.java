package dev.nightjar.repository;

import java.util.ArrayDeque;
import java.util.function.Supplier;

/** Blob readers that no thread is using just now; making one costs more than reading a small blob. Thread-safe. */
final class ReaderPool implements AutoCloseable {
    private static final int KEPT = 8;

    private final Supplier<BlobReader> maker;
    private final ArrayDeque<BlobReader> idle = new ArrayDeque<>();
    private boolean closed;

    ReaderPool(Supplier<BlobReader> maker) {
        this.maker = maker;
    }

    byte[] decode(PackLocation location, byte[] bytes, int offset) throws CorruptException {
        BlobReader reader = take();
        try {
            return reader.decode(location, bytes, offset);
        } finally {
            give(reader);
        }
    }

    private BlobReader take() {
        synchronized (this) {
            BlobReader reader = idle.poll();
            if (reader != null) {
                return reader;
            }
        }
        return maker.get();
    }

    private synchronized void give(BlobReader reader) {
        if (closed || idle.size() == KEPT) {
            reader.close();
        } else {
            idle.push(reader);
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        idle.forEach(BlobReader::close);
        idle.clear();
    }
}
