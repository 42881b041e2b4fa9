package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.StorageException;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class CadenceTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");

    @Test
    void aCommitIsDueSoLongAfterTheFirstChangeOrWhenEnoughIsPending() {
        Duration every = Duration.ofMinutes(5);
        assertThat(Cadence.due(every, NOON, 100)).isEqualTo(NOON.plus(every));
        assertThat(Cadence.due(every, NOON, 16 << 20)).isEqualTo(NOON);
        assertThat(Cadence.due(Duration.ZERO, NOON, 0)).isEqualTo(NOON);
    }

    @Test
    void retriesComeSlowerButWithinAMinute() {
        assertThat(Cadence.retry(1)).hasSeconds(1);
        assertThat(Cadence.retry(2)).hasSeconds(2);
        assertThat(Cadence.retry(4)).hasSeconds(8);
        assertThat(Cadence.retry(7)).hasSeconds(60);
        assertThat(Cadence.retry(1_000)).hasSeconds(60);
    }

    @Test
    void whatPassesByItselfIsWaitedFor() { // C16
        assertThat(reason(StorageException.Kind.NO_SPACE, false)).isEqualTo(WaitingReason.NO_SPACE);
        assertThat(reason(StorageException.Kind.NOT_FOUND, true)).isEqualTo(WaitingReason.AWAY);
        assertThat(reason(StorageException.Kind.NOT_FOUND, false)).isNull();
        assertThat(WaitingCause.of(new IOException("the catalog is damaged"), true))
                .isNull();
    }

    private static @Nullable WaitingReason reason(StorageException.Kind kind, boolean everSaved) {
        return WaitingCause.of(new StorageException(kind, "what", "why", "do", null), everSaved);
    }

    @Test
    void aFileThatIsLongToReadRestsTenTimesAsLong() { // C12
        RestingFiles files = new RestingFiles();
        long second = 1_000_000_000L;
        files.read(1, 2 * second, 100 * second);
        assertThat(files.rest(1, 101 * second)).isEqualTo(19 * second);
        assertThat(files.rest(1, 120 * second)).isZero();
        files.read(2, 1_000_000L, 100 * second);
        assertThat(files.rest(2, 100 * second)).isZero();
        files.read(3, 3_600 * second, 0);
        assertThat(files.rest(3, 0)).isEqualTo(3_600 * second);
    }
}
