package dev.nightjar.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class RawTextTest {
    @Test
    void losesNoByte() { // C2
        Random random = new Random(1);
        for (int i = 0; i < 2000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            random.nextBytes(bytes);
            assertThat(RawText.encode(RawText.decode(bytes))).isEqualTo(bytes);
        }
    }

    @Test
    void knowsWhatIsFaithful() {
        assertThat(RawText.isFaithful("grün 😀")).isTrue();
        String raw = RawText.decode(new byte[] {'a', (byte) 0x80});
        assertThat(RawText.isFaithful(raw)).isFalse();
        assertThat(RawText.readable(raw)).isEqualTo("a\uFFFD");
    }
}
