package dev.nightjar.engine;

/**
 * Keeps the process small while much is read. The collector lets the old part of the heap fill up to its limit before it
 * looks there, though nearly all in it is garbage by then, and a heap that was large once stays so. Used by one thread.
 */
final class Garbage {
    /** So much may pile up while a commit goes on, in bytes: a collection takes some 50 ms of what takes seconds. */
    static final long PORTION = 48L << 20;

    /** So much may stay when a commit has ended, more than the young part of the heap holds. */
    static final long REST = 40L << 20;

    /** The heap, as far as this needs to know it. */
    interface Heap {
        /** Bytes in use, garbage included. */
        long used();

        /** Lets go of all garbage. */
        void collect();
    }

    private final Heap heap;
    private long left;

    Garbage(Heap heap) {
        this.heap = heap;
    }

    /** That of this JVM. */
    static Garbage ofThisProcess() {
        Runtime runtime = Runtime.getRuntime();
        return new Garbage(new Heap() {
            @Override
            public long used() {
                return runtime.totalMemory() - runtime.freeMemory();
            }

            @Override
            public void collect() {
                runtime.gc();
            }
        });
    }

    /** To be called often while a commit goes on; costs nearly nothing. */
    void look() {
        collectAbove(PORTION);
    }

    /** A commit has ended; there may be nothing to do for long. */
    void rest() {
        collectAbove(REST);
    }

    private void collectAbove(long portion) {
        if (heap.used() > left + portion) {
            heap.collect();
            left = heap.used();
        }
    }
}
