package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FaultyStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The loop of a job that watches. */
@SuppressWarnings("NullAway.Init")
class BackupJobTest {
    private static final long PATIENCE = 20;

    @TempDir
    Path base;

    private final BlockingQueue<JobEvent> events = new LinkedBlockingQueue<>();
    private final List<JobEvent> seen = new ArrayList<>();
    private House house;
    private BackupJob job;
    private volatile @Nullable FaultyStorage storage;
    private volatile @Nullable Throwable failure;
    private Thread thread;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
        house.listener(events::add);
        house.storage(local -> {
            FaultyStorage made = new FaultyStorage(local);
            storage = made;
            return made;
        });
    }

    @AfterEach
    void leave() throws Exception {
        if (thread != null) {
            job.stop(false);
            thread.join();
        }
        house.close();
    }

    private void run(Duration every) throws IOException {
        house.feed().start();
        job = house.job(every);
        thread = Thread.ofPlatform().start(() -> {
            try {
                job.run();
            } catch (Throwable e) {
                failure = e;
            }
        });
    }

    /** The next event of this kind; others are passed over. */
    private <E extends JobEvent> E await(Class<E> kind) throws InterruptedException {
        while (true) {
            JobEvent event = events.poll(PATIENCE, TimeUnit.SECONDS);
            if (event == null) {
                throw new AssertionError("no " + kind.getSimpleName() + " after " + seen + ", failure " + failure);
            }
            seen.add(event);
            if (kind.isInstance(event)) {
                return kind.cast(event);
            }
        }
    }

    @Test
    void savesWhatChangesAndDrainsWhenStopped() throws Exception {
        house.write("a/one", "1");
        run(Duration.ZERO);
        assertThat(await(JobEvent.Committed.class).report().first()).isTrue();
        assertThat(await(JobEvent.Watching.class).roots()).hasSize(1);
        house.write("a/one", "changed");
        CommitReport.Committed second = await(JobEvent.Committed.class).report();
        assertThat(second.work().filesRead()).isEqualTo(1);
        assertThat(house.content(second.snapshot(), "a/one")).isEqualTo("changed");
        assertThat(job.status().state()).isIn(JobStatus.State.WATCHING, JobStatus.State.SAVING);

        house.write("a/two", "2");
        job.stop(true);
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE));
        CommitReport.Committed last = await(JobEvent.Committed.class).report();
        assertThat(house.content(last.snapshot(), "a/two")).isEqualTo("2");
        assertThat(job.status().state()).isEqualTo(JobStatus.State.STOPPED);
        assertThat(failure).isNull();
    }

    @Test
    void aChangeWaitsForTheCadenceUnlessSomebodyAsks() throws Exception {
        house.write("a/one", "1");
        run(Duration.ofHours(1));
        await(JobEvent.Watching.class);
        house.write("a/two", "2");
        CommitReport report = job.commitNow();
        assertThat(report).isInstanceOf(CommitReport.Committed.class);
        assertThat(job.status().pendingChanges()).isZero();
        house.write("a/three", "3");
        job.stop(true);
        thread.join(TimeUnit.SECONDS.toMillis(PATIENCE));
        assertThat(await(JobEvent.Stopping.class).changes()).isPositive();
        await(JobEvent.Committed.class);
        assertThat(house.snapshots()).isEqualTo(3);
    }

    @Test
    void enoughPendingIsSavedBeforeTheCadence() throws Exception {
        house.write("a/one", "1");
        run(Duration.ofHours(1));
        await(JobEvent.Watching.class);
        Files.write(house.source.resolve("large"), new byte[17 << 20]);
        await(JobEvent.Committed.class);
    }

    @Test
    void aTargetThatIsAwayIsWaitedFor() throws Exception { // C16
        house.write("a/one", "1");
        run(Duration.ZERO);
        await(JobEvent.Watching.class);
        FaultyStorage failing = Objects.requireNonNull(storage);
        failing.plan(StorageException.Kind.TRANSIENT, call -> FaultyStorage.Fate.REFUSED);
        house.write("a/one", "changed");
        JobEvent.Waiting waiting = await(JobEvent.Waiting.class);
        assertThat(waiting.reason()).isEqualTo(WaitingReason.TROUBLE);
        assertThat(job.status().state()).isEqualTo(JobStatus.State.WAITING);
        failing.mend();
        job.commitSoon();
        CommitReport.Committed saved = await(JobEvent.Committed.class).report();
        assertThat(house.content(saved.snapshot(), "a/one")).isEqualTo("changed");
        await(JobEvent.Back.class);
    }

    @Test
    void aRootThatVanishedIsAQuestionNotADeletion() throws Exception { // C17
        house.write("a/one", "1");
        run(Duration.ZERO);
        await(JobEvent.Watching.class);
        Path aside = house.source.resolveSibling("aside");
        Files.move(house.source, aside);
        JobEvent.QuestionOpen question = await(JobEvent.QuestionOpen.class);
        assertThat(question.root()).hasToString(house.source.toString());
        assertThatThrownBy(() -> job.commitNow()).isInstanceOf(QuestionException.class);
        assertThat(house.snapshots()).isEqualTo(1);
        Files.move(aside, house.source);
        await(JobEvent.QuestionClosed.class);
    }
}
