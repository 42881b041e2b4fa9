package dev.nightjar.repository;

import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Puts sealed blobs into packs: data and trees apart, and data into one of two at random, so that the sizes of a pack's
 * blobs do not tell which file they came from (restic issue 5291). Thread-safe.
 */
final class Packer {
    private static final int DATA_PACKS = 2;

    private final PackBuffers buffers;
    private final PackWriter writer;
    private final SplittableRandom random;
    private final @Nullable PackBuffer[] data = new @Nullable PackBuffer[DATA_PACKS];
    private final @Nullable PackBuffer[] trees = new @Nullable PackBuffer[1];

    Packer(PackBuffers buffers, PackWriter writer, long seed) {
        this.buffers = buffers;
        this.writer = writer;
        this.random = new SplittableRandom(seed);
    }

    synchronized void add(BlobType type, Id id, byte[] sealed, int length, int rawLength) throws RepositoryException {
        @Nullable PackBuffer[] open = type == BlobType.TREE ? trees : data;
        int chosen = open.length == 1 ? 0 : random.nextInt(open.length);
        PackBuffer pack = open[chosen];
        if (pack != null && !pack.fits(length)) {
            open[chosen] = null;
            writer.write(pack);
            pack = null;
        }
        if (pack == null) {
            pack = buffers.take();
            open[chosen] = pack;
        }
        pack.add(type, id, sealed, length, rawLength);
        if (pack.isFull()) {
            open[chosen] = null;
            writer.write(pack);
        }
    }

    /** Hands all open packs to the writer; small ones are merged. */
    synchronized void flush() throws RepositoryException {
        PackBuffer first = data[0];
        PackBuffer second = data[1];
        if (first != null
                && second != null
                && first.fits(second.used() + second.header().sealedLength())) {
            first.addAll(second);
            data[1] = null;
            buffers.give(second);
        }
        flush(data);
        flush(trees);
    }

    private void flush(@Nullable PackBuffer[] open) throws RepositoryException {
        for (int i = 0; i < open.length; i++) {
            PackBuffer pack = open[i];
            if (pack != null) {
                open[i] = null;
                writer.write(pack);
            }
        }
    }

    /** Lets go of open packs that will not be written. */
    synchronized void discard() {
        for (@Nullable PackBuffer[] open : java.util.List.of(data, trees)) {
            for (int i = 0; i < open.length; i++) {
                PackBuffer pack = open[i];
                if (pack != null) {
                    open[i] = null;
                    buffers.give(pack);
                }
            }
        }
    }
}
