package dev.nightjar.app.command;

import dev.nightjar.linux.Name;
import dev.nightjar.repository.restore.OldNames;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Names of old versions beside present ones: {@code report (22 Nov 14.05).odt}. */
final class DatedNames implements OldNames {
    private static final int LONGEST = 255; // NAME_MAX
    private static final int LONGEST_SUFFIX = 16;

    private final String date;

    /** @param time when the version was saved */
    DatedNames(Instant time, Instant now, ZoneId zone) {
        ZonedDateTime saved = time.atZone(zone);
        boolean thisYear = saved.getYear() == now.atZone(zone).getYear();
        this.date = DateTimeFormatter.ofPattern(thisYear ? "d MMM HH.mm" : "d MMM yyyy HH.mm", Locale.ENGLISH)
                .format(saved);
    }

    @Override
    public Name of(Name name, int attempt) {
        byte[] bytes = name.bytes();
        int dot = bytes.length - 1;
        while (dot > 0 && bytes[dot] != '.') {
            dot--;
        }
        boolean hasSuffix = dot > 0 && bytes.length - dot <= LONGEST_SUFFIX;
        int stem = hasSuffix ? dot : bytes.length;
        String text = " (" + date + (attempt == 1 ? "" : ", " + attempt) + ")";
        byte[] middle = text.getBytes(StandardCharsets.US_ASCII);
        int kept = Math.min(stem, LONGEST - middle.length - (bytes.length - stem));
        if (kept < stem) {
            while (kept > 0 && (bytes[kept] & 0xC0) == 0x80) {
                kept--; // not amid a character of UTF-8
            }
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(bytes, 0, kept);
        whole.writeBytes(middle);
        whole.write(bytes, stem, bytes.length - stem);
        return Name.of(whole.toByteArray());
    }
}
