package dev.nightjar.linux;

import java.time.Instant;

/**
 * A point in time as file systems keep it.
 *
 * @param seconds since 1970-01-01 UTC; may be negative
 * @param nanos 0 to 999,999,999, forward from {@code seconds}
 */
public record Timestamp(long seconds, int nanos) implements Comparable<Timestamp> {
    /** The same point in time; cut to what {@link Instant} can hold (a year beyond a billion). */
    public Instant toInstant() {
        if (seconds > Instant.MAX.getEpochSecond()) {
            return Instant.MAX;
        }
        return seconds < Instant.MIN.getEpochSecond() ? Instant.MIN : Instant.ofEpochSecond(seconds, nanos);
    }

    /** The same point in time. */
    public static Timestamp of(Instant instant) {
        return new Timestamp(instant.getEpochSecond(), instant.getNano());
    }

    @Override
    public int compareTo(Timestamp other) {
        int bySeconds = Long.compare(seconds, other.seconds);
        return bySeconds != 0 ? bySeconds : Integer.compare(nanos, other.nanos);
    }
}
