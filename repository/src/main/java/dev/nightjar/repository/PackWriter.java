package dev.nightjar.repository;

import dev.nightjar.repository.format.Envelope;
import dev.nightjar.repository.format.IndexFile;
import dev.nightjar.repository.storage.FileKind;
import dev.nightjar.repository.storage.FileName;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes full packs on a thread of its own, and an index file for every 50,000 blobs of them, or after five minutes, or when
 * the commit ends before its time: an interrupted first backup keeps what it uploaded. Thread-safe; what waits is bounded by
 * the pack buffers.
 */
final class PackWriter {
    private static final int BLOBS_AN_INDEX = 50_000;
    private static final long INDEX_NANOS = TimeUnit.MINUTES.toNanos(5);
    private static final long LOOK_AT_FAILURE_MILLIS = 100;

    private final Repository repository;
    private final Storage storage;
    private final Unpacked unpacked;
    private final CommitWindow window;
    private final Machine machine;
    private final PackBuffers buffers;
    private final Failure failure;
    private final Consumer<Throwable> onFailure;
    private final Envelope envelope;
    private final MessageDigest sha = Id.newSha256();
    private final Thread thread;
    private final ArrayDeque<PackBuffer> waiting = new ArrayDeque<>();
    private boolean writing;
    private boolean stopped;

    private final Map<Id, List<PackLocation>> unindexed = new LinkedHashMap<>();
    private int unindexedBlobs;
    private long indexed;
    private boolean finished;
    private final Set<Id> packs = new HashSet<>();
    private final Set<Id> indexes = new HashSet<>();
    private final LongAdder bytesWritten = new LongAdder();

    PackWriter(
            Repository repository,
            Storage storage,
            CommitWindow window,
            PackBuffers buffers,
            Failure failure,
            Consumer<Throwable> onFailure) {
        this.repository = repository;
        this.storage = storage;
        this.unpacked = repository.unpacked().through(storage);
        this.window = window;
        this.machine = repository.context().machine();
        this.indexed = machine.nanos();
        this.buffers = buffers;
        this.failure = failure;
        this.onFailure = onFailure;
        this.envelope = repository.unpacked().envelope();
        this.thread = Thread.ofPlatform().daemon().name("nightjar-writer").start(this::run);
    }

    /** Queues a pack that is full. */
    synchronized void write(PackBuffer pack) throws RepositoryException {
        failure.check();
        waiting.add(pack);
        notifyAll();
    }

    private void run() {
        try {
            PackBuffer pack = next();
            while (pack != null) {
                try {
                    writeNow(pack);
                } finally {
                    buffers.give(pack);
                }
                pack = next();
            }
        } catch (InterruptedException e) {
            onFailure.accept(Failure.interrupted());
        } catch (IOException | RuntimeException | Error e) {
            onFailure.accept(e);
        } finally {
            keep();
            ended();
        }
    }

    /** What was written and is in no index yet would be written again next time. */
    private void keep() {
        try {
            if (!finished && window.isHeld()) {
                writeIndex();
            }
        } catch (IOException e) {
            onFailure.accept(e);
        }
    }

    private synchronized @Nullable PackBuffer next() throws InterruptedException {
        writing = false;
        notifyAll();
        while (waiting.isEmpty() && !stopped) {
            wait();
        }
        PackBuffer pack = stopped ? null : waiting.poll();
        writing = pack != null;
        return pack;
    }

    private synchronized void ended() {
        writing = false;
        stopped = true;
        waiting.forEach(buffers::give);
        waiting.clear();
        notifyAll();
    }

    private void writeNow(PackBuffer pack) throws IOException {
        ByteBuffer[] bytes = pack.seal(envelope);
        for (ByteBuffer piece : bytes) {
            sha.update(piece.duplicate());
        }
        Id id = Id.of(sha.digest());
        storage.write(new FileName(FileKind.DATA, id), bytes);
        bytesWritten.add(pack.used());
        List<PackLocation> blobs = pack.header().locations(id);
        synchronized (this) {
            packs.add(id);
            unindexed.put(id, blobs);
            unindexedBlobs += blobs.size();
        }
        if (unindexedBlobs >= BLOBS_AN_INDEX || machine.nanos() - indexed >= INDEX_NANOS) {
            writeIndex();
        }
    }

    /** Waits until every queued pack is durable, then makes the index of those not yet in one durable. */
    void finish() throws RepositoryException {
        awaitWritten();
        try {
            writeIndex();
            finished = true;
        } catch (RepositoryException e) {
            throw e;
        } catch (IOException e) {
            throw Repository.cacheFailed(repository.context().cache(), e);
        }
    }

    private synchronized void awaitWritten() throws RepositoryException {
        while (true) {
            failure.check();
            if (waiting.isEmpty() && !writing) {
                return;
            }
            try {
                TimeUnit.MILLISECONDS.timedWait(this, LOOK_AT_FAILURE_MILLIS);
            } catch (InterruptedException e) {
                throw Failure.interrupted();
            }
        }
    }

    /** On the writer's thread, or when it has nothing to do. */
    private void writeIndex() throws IOException {
        if (unindexed.isEmpty()) {
            return;
        }
        window.beforeIndex(written());
        Unpacked.Sealed file = unpacked.seal(IndexFile.encode(unindexed));
        unpacked.write(FileKind.INDEX, file);
        bytesWritten.add(file.bytes().remaining());
        repository.index().committed(file.id(), unindexed.values());
        synchronized (this) {
            indexes.add(file.id());
            unindexed.clear();
            unindexedBlobs = 0;
        }
        indexed = machine.nanos();
    }

    /** The packs of this commit. */
    synchronized Set<Id> packs() {
        return Set.copyOf(packs);
    }

    /** What of this commit is in the storage. */
    synchronized CommitWindow.Written written() {
        Set<Id> named = new HashSet<>(packs);
        named.removeAll(unindexed.keySet());
        return new CommitWindow.Written(named, unindexed.keySet(), indexes);
    }

    LongAdder bytesWritten() {
        return bytesWritten;
    }

    /** Stops after the pack that is being written; waits for that, within reason. */
    void stop() {
        synchronized (this) {
            stopped = true;
            notifyAll();
        }
        Pipeline.join(thread);
    }
}
