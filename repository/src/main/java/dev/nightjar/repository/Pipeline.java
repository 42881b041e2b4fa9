package dev.nightjar.repository;

import dev.nightjar.repository.chunker.Chunker;
import dev.nightjar.repository.format.Config;
import dev.nightjar.repository.storage.Storage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * The stages of a commit: workers read, cut, hash, compress, seal and verify; a writer makes packs durable. Between them
 * are a bounded queue of files and a bounded number of pack buffers. Driven by one thread.
 */
final class Pipeline implements AutoCloseable {
    private static final long JOIN_MILLIS = 30_000;
    private static final int SPARE_CHUNKS = 2;

    /** Two open data packs, an open tree pack, and one that is being written. */
    private static final int PACK_BUFFERS = 4;

    private final Repository repository;
    private final Failure failure = new Failure();
    private final WorkQueue queue = new WorkQueue(failure);
    private final ChunkBuffers chunkBuffers;
    private final PackBuffers packBuffers = new PackBuffers(PACK_BUFFERS, failure);
    private final PackWriter writer;
    private final Packer packer;
    private final BlobEncoder trees;
    private final List<Thread> workers = new ArrayList<>();

    private final LongAdder filesRead = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder newData = new LongAdder();
    private final LongAdder newTrees = new LongAdder();
    private final LongAdder added = new LongAdder();
    private final LongAdder addedPacked = new LongAdder();

    Pipeline(
            Repository repository,
            Storage storage,
            CommitWindow window,
            int workers,
            BlobEncoder.Tampering tampering,
            boolean verify) {
        this.repository = repository;
        this.chunkBuffers = new ChunkBuffers(workers > 1 ? SPARE_CHUNKS : 0);
        this.writer = new PackWriter(repository, storage, window, packBuffers, failure, this::fail);
        this.packer =
                new Packer(packBuffers, writer, repository.context().random().nextLong());
        this.trees = new BlobEncoder(this, packer, tampering, verify);
        Config config = repository.config();
        for (int i = 1; i <= workers; i++) {
            Chunker chunker =
                    new Chunker(config.polynomial(), config.chunkAverage(), config.chunkMin(), config.chunkMax());
            Worker worker = new Worker(this, chunker, new BlobEncoder(this, packer, tampering, verify));
            this.workers.add(
                    Thread.ofPlatform().daemon().name("nightjar-commit-" + i).start(worker));
        }
    }

    Future<FileContent> store(FileSource source) throws RepositoryException {
        CompletableFuture<FileContent> result = new CompletableFuture<>();
        queue.put(new WorkQueue.FileWork(source, result));
        return result;
    }

    Id storeTree(ByteBuffer json) throws RepositoryException {
        failure.check();
        if (json.arrayOffset() != 0 || json.position() != 0) {
            throw new IllegalArgumentException("the tree does not begin where its array begins");
        }
        Id id = trees.hash(json.array(), json.limit());
        if (claim(BlobType.TREE, id)) {
            newTrees.increment();
            trees.encode(BlobType.TREE, id, json.array(), json.limit());
        }
        return id;
    }

    boolean claimData(Id id) throws RepositoryException {
        boolean claimed = claim(BlobType.DATA, id);
        if (claimed) {
            newData.increment();
        }
        return claimed;
    }

    private boolean claim(BlobType type, Id id) throws RepositoryException {
        try {
            return repository.index().claim(type, id);
        } catch (IOException e) {
            throw Repository.cacheFailed(repository.context().cache(), e);
        }
    }

    /** Makes packs and index durable. */
    void finish() throws RepositoryException {
        queue.awaitQuiet();
        packer.flush();
        writer.finish();
    }

    /** Stops everything because of this. */
    void fail(Throwable cause) {
        failure.set(cause);
        queue.stop().forEach(this::refuse);
    }

    /** Tells who waits for a file that it will not be stored. */
    void refuse(WorkQueue.FileWork file) {
        Throwable cause = failure.get();
        file.result()
                .completeExceptionally(
                        cause == null
                                ? new IllegalStateException("the commit was closed")
                                : Failure.asException(cause));
    }

    CommitCounters counters() {
        return new CommitCounters(
                filesRead.sum(),
                bytesRead.sum(),
                writer.bytesWritten().sum(),
                newData.sum(),
                newTrees.sum(),
                added.sum(),
                addedPacked.sum(),
                writer.packs().size());
    }

    Repository repository() {
        return repository;
    }

    PackWriter writer() {
        return writer;
    }

    Packer packer() {
        return packer;
    }

    WorkQueue queue() {
        return queue;
    }

    ChunkBuffers chunkBuffers() {
        return chunkBuffers;
    }

    LongAdder filesRead() {
        return filesRead;
    }

    LongAdder bytesRead() {
        return bytesRead;
    }

    LongAdder added() {
        return added;
    }

    LongAdder addedPacked() {
        return addedPacked;
    }

    /** Waits for a thread to end, but not for ever: a source or a storage may hang. */
    static void join(Thread thread) {
        try {
            thread.join(JOIN_MILLIS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        queue.stop().forEach(this::refuse);
        failure.set(new IllegalStateException("the commit was closed"));
        workers.forEach(Pipeline::join);
        writer.stop();
        packer.discard();
        packBuffers.close();
        trees.close();
    }
}
