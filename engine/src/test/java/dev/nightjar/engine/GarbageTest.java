package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** C20: memory is let go of when much of it is garbage, and not looked for in what is in use. */
final class GarbageTest {
    private static final class Counted implements Garbage.Heap {
        private long inUse;
        private long garbage;
        private int collections;

        @Override
        public long used() {
            return inUse + garbage;
        }

        @Override
        public void collect() {
            garbage = 0;
            collections++;
        }
    }

    private final Counted heap = new Counted();
    private final Garbage garbage = new Garbage(heap);

    @Test
    void noMoreThanAPortionPilesUp() {
        long most = 0;
        for (int file = 0; file < 10_000; file++) {
            heap.garbage += 1 << 20;
            garbage.look();
            most = Math.max(most, heap.used());
        }
        assertThat(most).isLessThanOrEqualTo(Garbage.PORTION);
        assertThat(heap.collections).isEqualTo(10_000 / (Garbage.PORTION / (1 << 20) + 1));
    }

    @Test
    void whatIsInUseIsNotLookedThroughAgainAndAgain() {
        heap.inUse = 10 * Garbage.PORTION;
        for (int file = 0; file < 1000; file++) {
            garbage.look();
            garbage.rest();
        }
        assertThat(heap.collections).isEqualTo(1);
    }

    @Test
    void littleIsLeftWhenACommitHasEnded() {
        heap.garbage = Garbage.PORTION;
        garbage.look();
        assertThat(heap.collections).isZero();
        garbage.rest();
        assertThat(heap.used()).isZero();
        heap.garbage = Garbage.REST;
        garbage.rest();
        assertThat(heap.collections).as("small commits cost nothing").isEqualTo(1);
    }
}
