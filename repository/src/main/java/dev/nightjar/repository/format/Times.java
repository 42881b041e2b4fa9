package dev.nightjar.repository.format;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;

/** Times as Go writes them: RFC 3339 with up to nine digits of fraction, none if it is zero. */
final class Times {
    private static final DateTimeFormatter WRITE = new DateTimeFormatterBuilder()
            .appendPattern("uuuu-MM-dd'T'HH:mm:ss")
            .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
            .appendLiteral('Z')
            .toFormatter(java.util.Locale.ROOT);

    private Times() {}

    static String write(Instant time) {
        return WRITE.format(time.atOffset(ZoneOffset.UTC));
    }

    /** Any offset is read; the name of a zone behind it, as other programs write it, is passed over. */
    static Instant read(String text) {
        int zone = text.indexOf('[');
        return OffsetDateTime.parse(zone < 0 ? text : text.substring(0, zone)).toInstant();
    }
}
