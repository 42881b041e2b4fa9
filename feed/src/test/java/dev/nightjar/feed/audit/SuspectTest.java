package dev.nightjar.feed.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.Entry;
import dev.nightjar.feed.audit.Suspect.State;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** When a difference is a finding: every look is after a barrier of its own. */
final class SuspectTest {
    private final Suspect suspect = new Suspect(1, Name.of("name"));

    private static Entry row(long inode, long changed, long sequence) {
        Timestamp time = new Timestamp(changed, 0);
        return new Entry(
                7,
                1,
                1,
                Name.of("name"),
                0100644,
                0,
                0,
                changed,
                time,
                time,
                inode,
                1,
                0,
                sequence,
                sequence,
                null,
                List.of());
    }

    private static Stat stat(long inode, long changed) {
        Timestamp time = new Timestamp(changed, 0);
        return new Stat(8, inode, 0100644, 1, 0, 0, 0, changed, time, time, time, 8, 1);
    }

    private State look(@Nullable Entry row, @Nullable Stat stat) {
        return suspect.look(new Sight(row, stat, false, true));
    }

    @Test
    void whatAgreesIsCleared() {
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.OPEN);
        assertThat(look(row(5, 11, 2), stat(5, 11))).isEqualTo(State.CLEARED);
    }

    @Test
    void aRowThatStoodStillBesideAFileThatStoodStillIsProven() {
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.OPEN);
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.PROVEN);
    }

    @Test
    void aNameThatIsInOneOfBothAlone() {
        assertThat(look(row(5, 10, 1), null)).isEqualTo(State.OPEN);
        assertThat(look(row(5, 10, 1), null)).isEqualTo(State.PROVEN);
        Suspect other = new Suspect(1, Name.of("other"));
        Sight unknown = new Sight(null, stat(5, 10), false, true);
        assertThat(other.look(unknown)).isEqualTo(State.OPEN);
        assertThat(other.look(unknown)).isEqualTo(State.PROVEN);
    }

    @Test
    void aRowThatMovesShowsThatEventsArrive() {
        for (int i = 0; i < 9; i++) {
            assertThat(look(row(5, 10 + i, 1 + i), stat(5, 11 + i))).isEqualTo(State.OPEN);
        }
        assertThat(suspect.isLeftBehind()).isFalse();
    }

    @Test
    void aNameThatComesAndGoesIsNoProof() {
        // Made anew before each look, and removed before each barrier.
        for (int i = 0; i < 9; i++) {
            assertThat(look(null, stat(5 + i, 10 + i))).isEqualTo(State.OPEN);
        }
        assertThat(suspect.isLeftBehind()).isFalse();
        // There at each barrier, and gone at each look: the row is another each time.
        for (int i = 0; i < 9; i++) {
            assertThat(look(row(5, 10 + i, 1 + i), null)).isEqualTo(State.OPEN);
        }
        assertThat(suspect.isLeftBehind()).isFalse();
    }

    @Test
    void aFileThatChangesAllTheTimeBesideARowThatNeverMovesIsLeftBehind() {
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.OPEN);
        assertThat(look(row(5, 10, 1), stat(5, 12))).isEqualTo(State.OPEN);
        assertThat(look(row(5, 10, 1), stat(5, 13))).isEqualTo(State.OPEN);
        assertThat(suspect.isLeftBehind()).isTrue();
    }

    @Test
    void whatCouldNotBeSeenProvesNothing() {
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.OPEN);
        assertThat(suspect.look(null)).isEqualTo(State.OPEN);
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.OPEN);
        assertThat(suspect.isLeftBehind()).isFalse();
        assertThat(look(row(5, 10, 1), stat(5, 11))).isEqualTo(State.PROVEN);
    }

    @Test
    void howAnotherFilesystemLooksIsNotOurs() {
        Entry directory = new Entry(
                7,
                1,
                1,
                Name.of("mnt"),
                040755,
                0,
                0,
                10,
                new Timestamp(1, 0),
                new Timestamp(1, 0),
                5,
                2,
                0,
                1,
                1,
                null,
                List.of());
        Stat mounted = new Stat(
                9, 2, 040755, 3, 0, 0, 0, 60, new Timestamp(9, 0), new Timestamp(9, 0), new Timestamp(9, 0), 0, 2);
        assertThat(new Sight(directory, mounted, false, false).agrees()).isTrue();
        assertThat(new Sight(directory, mounted, false, true).agrees()).isFalse();
    }
}
