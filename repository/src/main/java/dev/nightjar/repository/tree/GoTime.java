package dev.nightjar.repository.tree;

import dev.nightjar.linux.Timestamp;
import org.jspecify.annotations.Nullable;

/**
 * Times as Go's RFC3339Nano: {@code 2026-11-24T05:41:11.87Z}, trailing zeros of the fraction dropped, no fraction if it is
 * zero, years 0 to 9999. Written in UTC (restic writes local time, so that there a change of time zone changes every
 * tree); any offset is read.
 */
final class GoTime {

    /** 0000-01-01T00:00:00Z and 9999-12-31T23:59:59Z in seconds of Unix time: outside of them Go refuses to write JSON. */
    private static final long FIRST = -62_167_219_200L;

    private static final long LAST = 253_402_300_799L;
    private static final long DAY = 86_400;

    private GoTime() {}

    /** Writes the time as a JSON string with its quotes. */
    static void writeJson(Timestamp time, JsonSink out) {
        long seconds = Math.clamp(time.seconds(), FIRST, LAST);
        int nanos = time.nanos();
        long day = Math.floorDiv(seconds, DAY);
        int second = (int) Math.floorMod(seconds, DAY);
        out.raw('"');
        writeDate(day, out);
        out.raw('T');
        out.digits(second / 3600, 2);
        out.raw(':');
        out.digits(second / 60 % 60, 2);
        out.raw(':');
        out.digits(second % 60, 2);
        if (nanos != 0) {
            int digits = 9;
            while (nanos % 10 == 0) {
                nanos /= 10;
                digits--;
            }
            out.raw('.');
            out.digits(nanos, digits);
        }
        out.raw('Z');
        out.raw('"');
    }

    /** Days since 1970 to the Gregorian date: eras of 400 years that begin on the first of March. */
    private static void writeDate(long day, JsonSink out) {
        long shifted = day + 719_468;
        long era = Math.floorDiv(shifted, 146_097);
        long dayOfEra = Math.floorMod(shifted, 146_097);
        long yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
        long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
        long fromMarch = (5 * dayOfYear + 2) / 153;
        long month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9;
        out.digits(yearOfEra + era * 400 + (month <= 2 ? 1 : 0), 4);
        out.raw('-');
        out.digits(month, 2);
        out.raw('-');
        out.digits(dayOfYear - (153 * fromMarch + 2) / 5 + 1, 2);
    }

    /** The time in this text, or null if it is none. Fractions finer than a nanosecond are cut off. */
    static @Nullable Timestamp parse(byte[] text) {
        if (text.length < 20
                || text[4] != '-'
                || text[7] != '-'
                || (text[10] | 0x20) != 't'
                || text[13] != ':'
                || text[16] != ':') {
            return null;
        }
        int year = number(text, 0, 4);
        int month = number(text, 5, 2);
        int day = number(text, 8, 2);
        int hour = number(text, 11, 2);
        int minute = number(text, 14, 2);
        int second = number(text, 17, 2);
        if ((year | month | day | hour | minute | second) < 0
                || month < 1
                || month > 12
                || day < 1
                || day > 31
                || hour > 24
                || minute > 59
                || second > 60) {
            return null;
        }
        int at = 19;
        int nanos = 0;
        if (text[at] == '.') {
            int scale = 100_000_000;
            for (at++; at < text.length && text[at] >= '0' && text[at] <= '9'; at++) {
                nanos += (text[at] - '0') * scale;
                scale /= 10;
            }
        }
        int offset = offset(text, at);
        if (offset == Integer.MIN_VALUE) {
            return null;
        }
        return new Timestamp(daysOf(year, month, day) * DAY + hour * 3600L + minute * 60L + second - offset, nanos);
    }

    /** The zone's offset in seconds, or Integer.MIN_VALUE if the text is none. */
    private static int offset(byte[] text, int at) {
        if (at == text.length - 1 && (text[at] | 0x20) == 'z') {
            return 0;
        }
        if (at != text.length - 6 || (text[at] != '+' && text[at] != '-') || text[at + 3] != ':') {
            return Integer.MIN_VALUE;
        }
        int hours = number(text, at + 1, 2);
        int minutes = number(text, at + 4, 2);
        if ((hours | minutes) < 0) {
            return Integer.MIN_VALUE;
        }
        int seconds = hours * 3600 + minutes * 60;
        return text[at] == '-' ? -seconds : seconds;
    }

    private static long daysOf(int year, int month, int day) {
        long shifted = month <= 2 ? year - 1L : year;
        long era = Math.floorDiv(shifted, 400);
        long yearOfEra = shifted - era * 400;
        long dayOfYear = (153L * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468;
    }

    private static int number(byte[] text, int at, int digits) {
        int value = 0;
        for (int i = at; i < at + digits; i++) {
            if (text[i] < '0' || text[i] > '9') {
                return -1;
            }
            value = value * 10 + text[i] - '0';
        }
        return value;
    }
}
