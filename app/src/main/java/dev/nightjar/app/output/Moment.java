package dev.nightjar.app.output;

import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A time as somebody says it: {@code 2h}, {@code "2 hours ago"}, {@code "yesterday 18:00"}, {@code 2026-11-20}, RFC 3339;
 * {@code nightjar help times} lists the forms. It is as long as it was said exactly: a day, a minute, a second, so that a
 * time that was read from a list (which shows minutes) finds what is listed there. Something "as it was at" a moment, or
 * "until" it, counts to its {@link #last}; "since" it, from its {@link #first}.
 *
 * @param first its first instant
 * @param last its last instant; the same for what was said relative to now
 * @param zone whose days and clock it was said in
 */
public record Moment(Instant first, Instant last, ZoneId zone) {
    private static final Pattern SPAN = Pattern.compile("(\\d{1,6}) ?(\\p{Lower}+) ?");
    private static final Pattern ZONE = Pattern.compile(".*[zZ]|.*[+-]\\d\\d:\\d\\d");
    private static final Pattern CLOCK = Pattern.compile("(\\d\\d?:\\d\\d)(:\\d\\d(?:\\.\\d{1,9})?)?");
    private static final Pattern DATE_AND_CLOCK = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)t(\\d.*)");
    private static final String AGO = " ago";
    private static final Map<String, ChronoUnit> UNITS = Map.ofEntries(
            Map.entry("s", ChronoUnit.SECONDS),
            Map.entry("sec", ChronoUnit.SECONDS),
            Map.entry("second", ChronoUnit.SECONDS),
            Map.entry("m", ChronoUnit.MINUTES),
            Map.entry("min", ChronoUnit.MINUTES),
            Map.entry("minute", ChronoUnit.MINUTES),
            Map.entry("h", ChronoUnit.HOURS),
            Map.entry("hour", ChronoUnit.HOURS),
            Map.entry("d", ChronoUnit.DAYS),
            Map.entry("day", ChronoUnit.DAYS),
            Map.entry("w", ChronoUnit.WEEKS),
            Map.entry("week", ChronoUnit.WEEKS),
            Map.entry("month", ChronoUnit.MONTHS),
            Map.entry("y", ChronoUnit.YEARS),
            Map.entry("year", ChronoUnit.YEARS));

    /**
     * Reads what a flag was given.
     *
     * @param flag for the error: {@code --at}
     * @param zone where days begin
     * @throws CommandException a usage error that names the flag, if it is no time
     */
    public static Moment read(String flag, String text, Instant now, ZoneId zone) throws CommandException {
        return parse(text, now, zone)
                .orElseThrow(() -> new CommandException(ErrorMessage.usage(flag + ": " + Quoting.quote(text)
                                + " is no time: write 2h, \"yesterday 18:00\" or 2026-11-20")
                        .remedy("nightjar help times", "shows how times are written")));
    }

    /** The minute in which something happened, as lists show it. */
    public static Moment minuteOf(Instant time, ZoneId zone) {
        Instant first = time.truncatedTo(ChronoUnit.MINUTES);
        return until(first, first.plus(1, ChronoUnit.MINUTES), zone);
    }

    static Optional<Moment> parse(String text, Instant now, ZoneId zone) {
        String words = text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
        try {
            return Optional.ofNullable(parse(words, now.atZone(zone)));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty(); // the 30th of February, a million years ago
        }
    }

    private static @Nullable Moment parse(String words, ZonedDateTime now) {
        if (words.equals("now")) {
            return exactly(now);
        }
        Matcher joined = DATE_AND_CLOCK.matcher(words);
        String text = joined.matches() ? joined.group(1) + " " + joined.group(2) : words;
        if (ZONE.matcher(text).matches() && text.indexOf(' ') > 0) {
            return withZone(text, now.getZone());
        }
        int space = text.lastIndexOf(' ');
        Matcher clock = CLOCK.matcher(text.substring(space + 1));
        if (!clock.matches()) {
            LocalDate day = day(text, now.toLocalDate());
            return day == null ? span(text, now) : wholeDay(day, now.getZone());
        }
        if (space < 0) {
            Moment today = at(now.toLocalDate(), clock, now.getZone());
            return today.first().isAfter(now.toInstant())
                    ? at(now.toLocalDate().minusDays(1), clock, now.getZone())
                    : today;
        }
        LocalDate day = day(text.substring(0, space), now.toLocalDate());
        return day == null ? null : at(day, clock, now.getZone());
    }

    private static Moment exactly(ZonedDateTime time) {
        return new Moment(time.toInstant(), time.toInstant(), time.getZone());
    }

    private static Moment wholeDay(LocalDate day, ZoneId zone) {
        return until(
                day.atStartOfDay(zone).toInstant(),
                day.plusDays(1).atStartOfDay(zone).toInstant(),
                zone);
    }

    private static Moment until(Instant first, Instant next, ZoneId zone) {
        return new Moment(first, next.minusNanos(1), zone);
    }

    private static Moment at(LocalDate day, Matcher clock, ZoneId zone) {
        Instant first = day.atTime(time(clock)).atZone(zone).toInstant();
        return until(first, first.plus(1, exactness(clock)), zone);
    }

    private static LocalTime time(Matcher clock) {
        String text = clock.group(2) == null ? clock.group(1) : clock.group(1) + clock.group(2);
        return LocalTime.parse(text.indexOf(':') == 1 ? "0" + text : text);
    }

    private static ChronoUnit exactness(Matcher clock) {
        String seconds = clock.group(2);
        return seconds == null ? ChronoUnit.MINUTES : seconds.indexOf('.') > 0 ? ChronoUnit.NANOS : ChronoUnit.SECONDS;
    }

    private static @Nullable Moment withZone(String text, ZoneId shownIn) {
        String rfc3339 = text.replaceFirst(" ", "T").replace(" ", "").toUpperCase(Locale.ROOT);
        Matcher clock = CLOCK.matcher(rfc3339.replaceFirst("^[^T]*T", "").replaceFirst("(Z|[+-]\\d\\d:\\d\\d)$", ""));
        if (!clock.matches()) {
            return null;
        }
        Instant first = OffsetDateTime.parse(rfc3339).toInstant();
        return until(first, first.plus(1, exactness(clock)), shownIn);
    }

    private static @Nullable LocalDate day(String word, LocalDate today) {
        if (word.equals("today")) {
            return today;
        }
        if (word.equals("yesterday")) {
            return today.minusDays(1);
        }
        String name = word.startsWith("last ") ? word.substring("last ".length()) : word;
        for (DayOfWeek day : DayOfWeek.values()) {
            String full = day.name().toLowerCase(Locale.ROOT);
            if (name.equals(full) || name.equals(full.substring(0, 3))) {
                return today.with(TemporalAdjusters.previous(day));
            }
        }
        try {
            return LocalDate.parse(word);
        } catch (DateTimeParseException _) {
            return null;
        }
    }

    private static @Nullable Moment span(String words, ZonedDateTime now) {
        String text = words.endsWith(AGO) ? words.substring(0, words.length() - AGO.length()) : words;
        Matcher part = SPAN.matcher(text);
        ZonedDateTime then = now;
        int at = 0;
        while (at < text.length() && part.find(at) && part.start() == at) {
            String word = part.group(2);
            ChronoUnit unit = UNITS.get(word);
            if (unit == null && word.length() > 2 && word.endsWith("s")) {
                unit = UNITS.get(word.substring(0, word.length() - 1));
            }
            if (unit == null) {
                return null;
            }
            then = then.minus(Long.parseLong(part.group(1)), unit);
            at = part.end();
        }
        boolean understood = at > 0 && at == text.length();
        return understood && then.getYear() > 0 ? exactly(then) : null;
    }

    /**
     * What was understood, to be printed back: {@code Fri 20 Nov}, {@code Sat 21 Nov 18:00}, {@code Sat 21 Nov 18:00:07};
     * with the year if it is not this one.
     */
    public String shown(Instant now) {
        ZonedDateTime begin = first.atZone(zone);
        boolean thisYear = begin.getYear() == now.atZone(zone).getYear();
        boolean day = last.equals(wholeDay(begin.toLocalDate(), zone).last());
        boolean minute = !day && begin.getSecond() == 0 && !last.isBefore(first.plusSeconds(1));
        String pattern = "EEE d MMM" + (thisYear ? "" : " yyyy") + (day ? "" : minute ? " HH:mm" : " HH:mm:ss");
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH).format(begin);
    }
}
