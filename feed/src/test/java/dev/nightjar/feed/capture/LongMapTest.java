package dev.nightjar.feed.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongMapTest {
    @Test
    void saysWhatAnyMapWouldSay() {
        LongMap map = new LongMap();
        Map<Long, Long> same = new HashMap<>();
        Random random = new Random(1);
        for (int i = 0; i < 100_000; i++) {
            long key = 1L + random.nextInt(5000);
            if (random.nextInt(3) == 0) {
                map.remove(key);
                same.remove(key);
            } else {
                map.put(key, i + 1L);
                same.put(key, i + 1L);
            }
        }
        assertThat(map.size()).isEqualTo(same.size());
        for (long key = 1; key <= 5000; key++) {
            assertThat(map.get(key)).isEqualTo(same.getOrDefault(key, 0L));
        }
    }
}
