package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class LongSetTest {
    @Test
    void hasWhatWasAdded() {
        Random random = new Random(7);
        Set<Long> expected = new HashSet<>();
        LongSet set = new LongSet();
        for (int i = 0; i < 20_000; i++) {
            long member = 1 + random.nextLong(i % 2 == 0 ? 30_000 : Long.MAX_VALUE - 1);
            assertThat(set.add(member)).isEqualTo(expected.add(member));
        }
        assertThat(set.size()).isEqualTo(expected.size());
        assertThat(set.sorted())
                .containsExactly(
                        expected.stream().sorted().mapToLong(Long::longValue).toArray());
        for (long probe = 1; probe < 30_000; probe++) {
            assertThat(set.contains(probe)).isEqualTo(expected.contains(probe));
        }
    }

    @Test
    void hasNoZero() {
        LongSet set = new LongSet();
        assertThat(set.contains(0)).isFalse();
        assertThatThrownBy(() -> set.add(0)).isInstanceOf(IllegalArgumentException.class);
    }
}
