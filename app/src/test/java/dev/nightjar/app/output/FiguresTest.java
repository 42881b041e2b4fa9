package dev.nightjar.app.output;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FiguresTest {
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:00Z");

    @ParameterizedTest
    @CsvSource({
        "0, 0 B",
        "1023, 1023 B",
        "1024, 1 KiB",
        "86016, 84 KiB",
        "2040109466, 1.9 GiB",
        "1048575, 1 MiB",
        "9223372036854775807, 8 EiB"
    })
    void sizes(long bytes, String shown) {
        assertThat(Figures.size(bytes)).isEqualTo(shown);
    }

    @Test
    void counts() {
        assertThat(Figures.count(12904, "file")).isEqualTo("12,904 files");
        assertThat(Figures.count(1, "change")).isEqualTo("1 change");
    }

    @ParameterizedTest
    @CsvSource({"400, 0.4 s", "52000, 52 s", "65000, 1:05", "7390000, 2:03:10"})
    void durations(long millis, String shown) {
        assertThat(Figures.took(Duration.ofMillis(millis))).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-22T14:04:58Z, 2 s ago",
        "2026-11-22T14:01:00Z, 4 min ago",
        "2026-11-22T11:05:00Z, 3 h ago",
        "2026-11-20T23:58:00Z, 2026-11-20 23:58"
    })
    void times(Instant then, String shown) {
        assertThat(Figures.ago(then, NOW, ZoneOffset.UTC)).isEqualTo(shown);
    }

    @ParameterizedTest
    @CsvSource({"PT5M, 5 min", "PT90S, 90 s", "PT1H, 1 h", "PT0S, 0 s"})
    void spans(Duration span, String shown) {
        assertThat(Figures.span(span)).isEqualTo(shown);
    }
}
