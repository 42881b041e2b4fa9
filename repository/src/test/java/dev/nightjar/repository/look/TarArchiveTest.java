package dev.nightjar.repository.look;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What other programs' archives seldom have: sizes beyond eight gibibytes, records about as long as their length. */
final class TarArchiveTest {
    @Test
    void aHeaderThatCannotSayANumberLeavesItToTheRecord() {
        byte[] largest = new TarHeader('0').size(TarHeader.LONG_MAX).toBytes();
        assertThat(new String(largest, 124, 12, StandardCharsets.US_ASCII)).isEqualTo("77777777777\0");
        byte[] larger = new TarHeader('0').size(TarHeader.LONG_MAX + 1).toBytes();
        assertThat(new String(larger, 124, 12, StandardCharsets.US_ASCII)).isEqualTo("00000000000\0");
    }

    @Test
    void aRecordCountsItself() {
        for (int length = 0; length < 2000; length++) {
            PaxRecords records = new PaxRecords();
            records.add("path", "x".repeat(length));
            byte[] bytes = records.toBytes();
            String text = new String(bytes, StandardCharsets.US_ASCII);
            assertThat(Integer.parseInt(text.substring(0, text.indexOf(' ')))).isEqualTo(bytes.length);
        }
    }
}
