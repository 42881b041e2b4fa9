package dev.nightjar.app.output;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Sizes, counts, durations and times as people read them. */
public final class Figures {
    private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"};
    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
    private static final DateTimeFormatter CLOCK_SECONDS = DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);
    private static final DateTimeFormatter DATE_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT);

    private Figures() {}

    /** {@code 0 B}, {@code 84 KiB}, {@code 1.9 GiB}: one decimal below ten. */
    public static String size(long bytes) {
        if (bytes < 1024) {
            return bytes + " B";
        }
        double value = bytes;
        int unit = 0;
        while (value >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        if (Math.round(value) >= 1024 && unit < UNITS.length - 1) {
            value /= 1024;
            unit++;
        }
        String digits =
                value < 9.95 ? String.format(Locale.ROOT, "%.1f", value) : String.format(Locale.ROOT, "%.0f", value);
        return (digits.endsWith(".0") ? digits.substring(0, digits.length() - 2) : digits) + " " + UNITS[unit];
    }

    /** {@code 12,904}. */
    public static String count(long count) {
        return String.format(Locale.ROOT, "%,d", count);
    }

    /** {@code 1 file}, {@code 3 files}. */
    public static String count(long count, String one) {
        return count(count, one, one + "s");
    }

    /** {@code 1 directory}, {@code 3 directories}. */
    public static String count(long count, String one, String many) {
        return count(count) + " " + (count == 1 ? one : many);
    }

    /** How long something took: {@code 0.4 s}, {@code 52 s}, {@code 1:05}, {@code 2:03:10}. */
    public static String took(Duration duration) {
        double seconds = duration.toMillis() / 1000.0;
        if (seconds < 9.95) {
            return String.format(Locale.ROOT, "%.1f s", seconds);
        }
        return seconds < 59.5 ? Math.round(seconds) + " s" : clock(duration);
    }

    /** A count-down or a longer time: {@code 0:52}, {@code 1:05}, {@code 2:03:10}. */
    public static String clock(Duration duration) {
        long seconds = Math.max(0, Math.round(duration.toMillis() / 1000.0));
        return seconds < 3600
                ? String.format(Locale.ROOT, "%d:%02d", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", seconds / 3600, seconds / 60 % 60, seconds % 60);
    }

    /** A configured duration in the words it is given in: {@code 5 min}, {@code 90 s}, {@code 1 h}. */
    public static String span(Duration duration) {
        long seconds = duration.toSeconds();
        if (seconds != 0 && seconds % 3600 == 0) {
            return seconds / 3600 + " h";
        }
        return seconds != 0 && seconds % 60 == 0 ? seconds / 60 + " min" : seconds + " s";
    }

    /** Relative up to a day, then the date: {@code 2 s ago}, {@code 4 min ago}, {@code 3 h ago}, {@code 2026-11-21 23:58}. */
    public static String ago(Instant then, Instant now, ZoneId zone) {
        Duration age = Duration.between(then, now);
        if (age.isNegative() || age.compareTo(Duration.ofDays(1)) >= 0) {
            return DATE_TIME.format(then.atZone(zone));
        }
        if (age.toSeconds() < 60) {
            return age.toSeconds() + " s ago";
        }
        return age.toMinutes() < 60 ? age.toMinutes() + " min ago" : age.toHours() + " h ago";
    }

    /** {@code today 14:09:31}, else {@code 2026-11-21 23:58}. */
    public static String day(Instant then, Instant now, ZoneId zone) {
        ZonedDateTime local = then.atZone(zone);
        return local.toLocalDate().equals(now.atZone(zone).toLocalDate())
                ? "today " + CLOCK_SECONDS.format(local)
                : DATE_TIME.format(local);
    }

    /** {@code 14:02} of today, else {@code 2026-11-21 23:58}. */
    public static String moment(Instant then, Instant now, ZoneId zone) {
        ZonedDateTime local = then.atZone(zone);
        boolean today = local.toLocalDate().equals(now.atZone(zone).toLocalDate());
        return (today ? CLOCK : DATE_TIME).format(local);
    }

    /** {@code 14:02}. */
    public static String clock(Instant time, ZoneId zone) {
        return CLOCK.format(time.atZone(zone));
    }

    /** {@code 14:02:07}. */
    public static String clockSeconds(Instant time, ZoneId zone) {
        return CLOCK_SECONDS.format(time.atZone(zone));
    }

    /** RFC 3339 with offset, to the second: {@code 2026-11-22T14:02:07+01:00}. */
    public static String logTime(Instant time, ZoneId zone) {
        return rfc3339(time.truncatedTo(ChronoUnit.SECONDS), zone);
    }

    /** RFC 3339 with offset. */
    public static String rfc3339(Instant time, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(OffsetDateTime.ofInstant(time, zone));
    }
}
