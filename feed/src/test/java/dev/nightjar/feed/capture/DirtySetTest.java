package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.Timing;
import dev.nightjar.feed.watch.Bits;
import dev.nightjar.linux.Name;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class DirtySetTest {
    private static final long MILLI = 1_000_000;
    private static final Key KEY = new Key(1, Name.of("a"));
    private static final Key OTHER = new Key(1, Name.of("b"));

    private final DirtySet dirty =
            new DirtySet(new Timing(Duration.ofMillis(100), Duration.ofMillis(2000), Duration.ofMillis(50)));

    @Test
    void manyHintsAreOneWithTheUnionOfTheirBits() { // C12
        dirty.hint(KEY, Bits.METADATA, 0, 0);
        dirty.hint(KEY, Bits.CONTENT, 1, 1);
        assertThat(dirty.take(200 * MILLI, DirtySet.NEVER, false, 10))
                .singleElement()
                .satisfies(taken -> assertThat(taken.bits).isEqualTo(Bits.METADATA | Bits.CONTENT));
        assertThat(dirty.size()).isZero();
    }

    @Test
    void aNameSettlesWhenItHasBeenQuiet() {
        dirty.hint(KEY, 0, 0, 0);
        dirty.hint(KEY, 0, 90 * MILLI, 90 * MILLI);
        assertThat(dirty.take(100 * MILLI, DirtySet.NEVER, false, 10)).isEmpty();
        assertThat(dirty.take(190 * MILLI, DirtySet.NEVER, false, 10)).hasSize(1);
    }

    @Test
    void aNameThatNeverRestsIsLookedAtAtTheCeiling() {
        for (long at = 0; at < 2000; at += 50) {
            dirty.hint(KEY, 0, at * MILLI, at * MILLI);
            assertThat(dirty.take(at * MILLI, DirtySet.NEVER, false, 10)).isEmpty();
        }
        assertThat(dirty.take(2000 * MILLI, DirtySet.NEVER, false, 10)).hasSize(1);
    }

    @Test
    void aBarrierTakesWhatWasHintedBeforeIt() { // C8
        dirty.hint(KEY, 0, 0, 0);
        dirty.hint(OTHER, 0, 10, 10);
        assertThat(dirty.take(11, 5, false, 10)).extracting(taken -> taken.key).containsExactly(KEY);
        assertThat(dirty.hasSince(5)).isFalse();
        assertThat(dirty.hasSince(10)).isTrue();
    }

    @Test
    void bothNamesOfARenameAreTakenTogether() {
        Dirty from = dirty.hint(KEY, Bits.MOVED_FROM, 0, 0);
        Dirty to = dirty.hint(OTHER, Bits.MOVED_TO, 80 * MILLI, 80 * MILLI);
        from.partner = OTHER;
        to.partner = KEY;
        assertThat(dirty.take(100 * MILLI, DirtySet.NEVER, false, 10)).hasSize(2);
    }

    @Test
    void whatIsPutBackKeepsItsFirstHint() {
        dirty.hint(KEY, Bits.CONTENT, 0, 0);
        Dirty taken = dirty.take(100 * MILLI, DirtySet.NEVER, false, 10).getFirst();
        dirty.again(taken, 120 * MILLI);
        assertThat(dirty.take(119 * MILLI, 200 * MILLI, false, 10)).isEmpty();
        assertThat(dirty.hasSince(0)).isTrue();
        assertThat(dirty.take(120 * MILLI, 200 * MILLI, false, 10))
                .singleElement()
                .satisfies(again -> assertThat(again.attempts).isEqualTo(1));
    }
}
