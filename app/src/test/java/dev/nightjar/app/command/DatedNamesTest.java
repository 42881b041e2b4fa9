package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.Name;
import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class DatedNamesTest {
    private static final DatedNames NAMES = new DatedNames(
            Instant.parse("2026-11-22T13:05:59Z"), Instant.parse("2026-12-01T00:00:00Z"), ZoneId.of("Europe/Berlin"));

    @ParameterizedTest
    @CsvSource({
        "report.odt, report (22 Nov 14.05).odt",
        "archive.tar.gz, archive.tar (22 Nov 14.05).gz",
        "Makefile, Makefile (22 Nov 14.05)",
        ".bashrc, .bashrc (22 Nov 14.05)",
        "a.sentence that goes on, a.sentence that goes on (22 Nov 14.05)",
        "..., .. (22 Nov 14.05)."
    })
    void theDateStandsBeforeTheSuffix(String name, String old) {
        assertThat(NAMES.of(Name.of(name), 1)).isEqualTo(Name.of(old));
    }

    @Test
    void eachAttemptIsAnotherNameAndAnotherYearIsSaid() {
        assertThat(NAMES.of(Name.of("a.b"), 3)).isEqualTo(Name.of("a (22 Nov 14.05, 3).b"));
        DatedNames later = new DatedNames(
                Instant.parse("2026-11-22T13:05:59Z"), Instant.parse("2027-01-01T00:00:00Z"), ZoneId.of("UTC"));
        assertThat(later.of(Name.of("a.b"), 1)).isEqualTo(Name.of("a (22 Nov 2026 13.05).b"));
    }

    /** Names are bytes, and have at most 255. */
    @Test
    void aLongNameIsCutBetweenCharacters() {
        Name old = NAMES.of(Name.of("x" + "\u00e9".repeat(125) + ".odt"), 1);
        assertThat(old.length()).isEqualTo(254);
        assertThat(old).isEqualTo(Name.of("x" + "\u00e9".repeat(117) + " (22 Nov 14.05).odt"));
        byte[] raw = new byte[255];
        java.util.Arrays.fill(raw, (byte) 0xff);
        assertThat(NAMES.of(Name.of(raw), 1).length()).isEqualTo(255);
    }
}
