package dev.nightjar.app.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Instant;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MomentTest {
    private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");
    /** Sunday, five past three in the afternoon. */
    private static final Instant NOW = Instant.parse("2026-11-22T14:05:10.5Z");

    @ParameterizedTest
    @CsvSource({
        "now, 2026-11-22T14:05:10.5Z, 2026-11-22T14:05:10.5Z, Sun 22 Nov 15:05:10",
        "2h, 2026-11-22T12:05:10.5Z, 2026-11-22T12:05:10.5Z, Sun 22 Nov 13:05:10",
        "1h30m, 2026-11-22T12:35:10.5Z, 2026-11-22T12:35:10.5Z, Sun 22 Nov 13:35:10",
        "2 hours ago, 2026-11-22T12:05:10.5Z, 2026-11-22T12:05:10.5Z, Sun 22 Nov 13:05:10",
        "'  1 Hour  30 min ago ', 2026-11-22T12:35:10.5Z, 2026-11-22T12:35:10.5Z, Sun 22 Nov 13:35:10",
        "90s ago, 2026-11-22T14:03:40.5Z, 2026-11-22T14:03:40.5Z, Sun 22 Nov 15:03:40",
        "3d, 2026-11-19T14:05:10.5Z, 2026-11-19T14:05:10.5Z, Thu 19 Nov 15:05:10",
        "2 weeks ago, 2026-11-08T14:05:10.5Z, 2026-11-08T14:05:10.5Z, Sun 8 Nov 15:05:10",
        // In summer this clock showed 15:05, too: days and longer are those of the calendar.
        "2 months, 2026-09-22T13:05:10.5Z, 2026-09-22T13:05:10.5Z, Tue 22 Sep 15:05:10",
        "1y, 2025-11-22T14:05:10.5Z, 2025-11-22T14:05:10.5Z, Sat 22 Nov 2025 15:05:10",
        "today, 2026-11-21T23:00:00Z, 2026-11-22T22:59:59.999999999Z, Sun 22 Nov",
        "yesterday, 2026-11-20T23:00:00Z, 2026-11-21T22:59:59.999999999Z, Sat 21 Nov",
        "yesterday 18:00, 2026-11-21T17:00:00Z, 2026-11-21T17:00:59.999999999Z, Sat 21 Nov 18:00",
        "9:30, 2026-11-22T08:30:00Z, 2026-11-22T08:30:59.999999999Z, Sun 22 Nov 09:30",
        "18:00, 2026-11-21T17:00:00Z, 2026-11-21T17:00:59.999999999Z, Sat 21 Nov 18:00",
        "today 14:09:31, 2026-11-22T13:09:31Z, 2026-11-22T13:09:31.999999999Z, Sun 22 Nov 14:09:31",
        "friday, 2026-11-19T23:00:00Z, 2026-11-20T22:59:59.999999999Z, Fri 20 Nov",
        "last Fri 17:40, 2026-11-20T16:40:00Z, 2026-11-20T16:40:59.999999999Z, Fri 20 Nov 17:40",
        "sunday, 2026-11-14T23:00:00Z, 2026-11-15T22:59:59.999999999Z, Sun 15 Nov",
        "2026-11-20, 2026-11-19T23:00:00Z, 2026-11-20T22:59:59.999999999Z, Fri 20 Nov",
        "2025-11-20, 2025-11-19T23:00:00Z, 2025-11-20T22:59:59.999999999Z, Thu 20 Nov 2025",
        // A day of 25 hours.
        "2026-10-25, 2026-10-24T22:00:00Z, 2026-10-25T22:59:59.999999999Z, Sun 25 Oct",
        "2026-11-20 17:40, 2026-11-20T16:40:00Z, 2026-11-20T16:40:59.999999999Z, Fri 20 Nov 17:40",
        "2026-11-20T17:40:05, 2026-11-20T16:40:05Z, 2026-11-20T16:40:05.999999999Z, Fri 20 Nov 17:40:05",
        "2026-11-20T17:40:05Z, 2026-11-20T17:40:05Z, 2026-11-20T17:40:05.999999999Z, Fri 20 Nov 18:40:05",
        "2026-11-20T17:40:05.25-08:00, 2026-11-21T01:40:05.25Z, 2026-11-21T01:40:05.25Z, Sat 21 Nov 02:40:05",
        "2026-11-20 17:40+01:00, 2026-11-20T16:40:00Z, 2026-11-20T16:40:59.999999999Z, Fri 20 Nov 17:40"
    })
    void everyForm(String text, Instant first, Instant last, String shown) {
        Moment moment = Moment.parse(text, NOW, BERLIN).orElseThrow();

        assertThat(moment.first()).isEqualTo(first);
        assertThat(moment.last()).isEqualTo(last);
        assertThat(moment.shown(NOW)).isEqualTo(shown);
    }

    @Test
    void aTimeThatAListShowsFindsWhatIsListed() {
        Instant snapshot = Instant.parse("2026-11-20T16:40:31.7Z");

        Moment moment =
                Moment.parse(Figures.day(snapshot, NOW, BERLIN), NOW, BERLIN).orElseThrow();

        assertThat(snapshot).isBetween(moment.first(), moment.last());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "soon",
                "2",
                "2 parsecs",
                "h",
                "ago",
                "tomorrow",
                "25:00",
                "noon 12:00",
                "2026-02-30",
                "2026-11-20 18:60",
                "2026-11-20T18:00:00+99:00",
                "2h yesterday",
                "9999y",
                "9999999h",
                "\u0000"
            })
    void whatIsNoTimeIsAUsageError(String text) {
        CommandException e = catchThrowableOfType(CommandException.class, () -> Moment.read("--at", text, NOW, BERLIN));

        assertThat(e.error().exitCode()).isEqualTo(ExitCode.USAGE);
        assertThat(e.error().what()).startsWith("--at: ");
        assertThat(e.error().remedies().getFirst().command()).isEqualTo("nightjar help times");
    }
}
