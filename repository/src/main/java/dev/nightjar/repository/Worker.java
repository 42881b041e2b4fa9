package dev.nightjar.repository;

import dev.nightjar.repository.chunker.Chunker;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** One thread of a commit: reads, cuts, hashes and encodes. */
final class Worker implements Runnable {
    private static final int READ = 256 << 10;

    /** Smaller chunks are not worth a switch of threads. */
    private static final int WORTH_SHARING = 128 << 10;

    private final Pipeline pipeline;
    private final Chunker chunker;
    private final BlobEncoder encoder;
    private final List<WorkQueue.FileWork> batch = new ArrayList<>();
    private byte[] buffer;

    Worker(Pipeline pipeline, Chunker chunker, BlobEncoder encoder) {
        this.pipeline = pipeline;
        this.chunker = chunker;
        this.encoder = encoder;
        this.buffer = new byte[Math.min(chunker.min(), 512 << 10) + READ];
    }

    /** A failure of the commit's own; kept apart from what sources throw. */
    private static final class CommitFailed extends RuntimeException {
        CommitFailed(Throwable cause) {
            super(cause);
        }
    }

    @Override
    public void run() {
        try (encoder) {
            boolean first = true;
            while (true) {
                WorkQueue.ChunkWork chunk = pipeline.queue().take(batch, first);
                first = false;
                if (chunk != null) {
                    encoder.encode(BlobType.DATA, chunk.id(), chunk.buffer(), chunk.length());
                    pipeline.chunkBuffers().give(chunk.buffer());
                } else {
                    storeBatch();
                }
            }
        } catch (InterruptedException e) {
            // The queue was stopped.
            return;
        } catch (CommitFailed e) {
            pipeline.fail(e.getCause() == null ? e : e.getCause());
        } catch (RepositoryException | RuntimeException | Error e) {
            pipeline.fail(e);
        } finally {
            for (WorkQueue.FileWork file : batch) {
                pipeline.refuse(file);
            }
        }
    }

    private void storeBatch() {
        for (int i = 0; i < batch.size(); i++) {
            WorkQueue.FileWork file = batch.get(i);
            try {
                FileContent content = read(file.source(), i + 1);
                pipeline.filesRead().increment();
                file.result().complete(content);
            } catch (IOException e) {
                file.result().completeExceptionally(e);
            } catch (CommitFailed e) {
                throw e;
            } catch (RuntimeException e) {
                file.result().completeExceptionally(e);
            }
        }
        batch.clear();
    }

    private FileContent read(FileSource source, int next) throws IOException {
        try (ByteSource bytes = source.open()) {
            int length = 0;
            while (length < chunker.min()) {
                int read = bytes.read(buffer, length, buffer.length - length);
                if (read < 0) {
                    pipeline.bytesRead().add(length);
                    return length == 0
                            ? new FileContent(List.of(), 0)
                            : new FileContent(List.of(chunk(length)), length);
                }
                length += read;
            }
            shareRest(next);
            return readChunks(bytes, length);
        }
    }

    /** A large file will take a while: the rest of the batch is for others. */
    private void shareRest(int next) {
        if (next < batch.size()) {
            List<WorkQueue.FileWork> rest = batch.subList(next, batch.size());
            pipeline.queue().giveBack(rest);
            rest.clear();
        }
    }

    private FileContent readChunks(ByteSource bytes, int already) throws IOException {
        List<Id> ids = new ArrayList<>();
        long size = already;
        int length = already;
        int seen = 0;
        boolean ended = false;
        while (true) {
            int cut = chunker.cut(buffer, seen, length);
            if (cut < 0 && ended) {
                if (length > 0) {
                    ids.add(chunk(length));
                }
                pipeline.bytesRead().add(size);
                return new FileContent(ids, size);
            }
            if (cut < 0) {
                seen = length;
                reserve(length);
                int read = bytes.read(buffer, length, Math.min(READ, buffer.length - length));
                if (read < 0) {
                    ended = true;
                } else {
                    length += read;
                    size += read;
                }
                continue;
            }
            ids.add(sharedChunk(cut, length));
            length -= cut;
            seen = 0;
        }
    }

    private void reserve(int length) {
        if (buffer.length == length) {
            buffer = Arrays.copyOf(buffer, Math.min(2 * buffer.length, chunker.max() + READ));
        }
    }

    /** Encodes the chunk at the start of the buffer here. */
    private Id chunk(int length) {
        Id id = encoder.hash(buffer, length);
        try {
            if (pipeline.claimData(id)) {
                encoder.encode(BlobType.DATA, id, buffer, length);
            }
        } catch (RepositoryException e) {
            throw new CommitFailed(e);
        }
        return id;
    }

    /** Encodes the chunk, or leaves that to another worker; moves what follows to the start of the buffer. */
    private Id sharedChunk(int cut, int length) {
        int rest = length - cut;
        byte[] spare = cut >= WORTH_SHARING ? pipeline.chunkBuffers().poll() : null;
        if (spare == null) {
            Id id = chunk(cut);
            System.arraycopy(buffer, cut, buffer, 0, rest);
            return id;
        }
        Id id = encoder.hash(buffer, cut);
        try {
            if (!pipeline.claimData(id)) {
                pipeline.chunkBuffers().give(spare);
                System.arraycopy(buffer, cut, buffer, 0, rest);
                return id;
            }
        } catch (RepositoryException e) {
            throw new CommitFailed(e);
        }
        byte[] full = buffer;
        buffer = spare.length < full.length ? new byte[full.length] : spare;
        System.arraycopy(full, cut, buffer, 0, rest);
        pipeline.queue().put(new WorkQueue.ChunkWork(id, full, cut));
        return id;
    }
}
