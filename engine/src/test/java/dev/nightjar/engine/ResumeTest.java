package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nightjar.repository.StorageException;
import dev.nightjar.repository.storage.FaultyStorage;
import dev.nightjar.repository.storage.FileKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C14: a commit that fails anywhere leaves what the next one goes on from. */
class ResumeTest {
    @TempDir
    Path base;

    private House house;
    private @Nullable FaultyStorage storage;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
        house.storage(local -> {
            FaultyStorage failing = new FaultyStorage(local);
            storage = failing;
            return failing;
        });
        for (int i = 0; i < 40; i++) {
            house.write("d" + i % 4 + "/f" + i, "content " + i);
        }
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    private void failOn(@Nullable FileKind kind) throws IOException, InterruptedException {
        // The storage is made when the repository is opened first; an unused handle would fail nothing.
        house.open().close();
        FileKind refused = kind;
        house.storage(local -> {
            FaultyStorage failing = new FaultyStorage(local);
            if (refused != null) {
                failing.refuseToWrite(refused);
            }
            storage = failing;
            return failing;
        });
    }

    @Test
    void noFileIsReadTwiceAfterTheSnapshotCouldNotBeWritten() throws Exception {
        failOn(FileKind.SNAPSHOT);
        assertThatThrownBy(() -> house.backup()).isInstanceOf(StorageException.class);
        assertThat(house.snapshots()).isZero();
        house.restart();
        failOn(null);
        CommitReport.Committed done = house.commit();
        assertThat(done.work().filesRead()).isZero();
        assertThat(done.first()).isTrue();
        assertThat(house.paths(done.snapshot())).hasSize(44);
        assertThat(house.content(done.snapshot(), "d3/f39")).isEqualTo("content 39");
    }

    @Test
    void whatTheIndexDoesNotVouchForIsReadAgain() throws Exception {
        failOn(FileKind.INDEX);
        assertThatThrownBy(() -> house.backup()).isInstanceOf(StorageException.class);
        house.restart();
        failOn(null);
        CommitReport.Committed done = house.commit();
        assertThat(done.work().filesRead()).isEqualTo(40);
        assertThat(house.content(done.snapshot(), "d3/f39")).isEqualTo("content 39");
    }

    @Test
    void theSameJobGoesOnAfterAFailure() throws Exception {
        house.commit();
        house.write("d1/f1", "changed");
        FaultyStorage failing = Objects.requireNonNull(storage);
        failing.refuseToWrite(FileKind.DATA);
        assertThatThrownBy(() -> house.backup()).isInstanceOf(StorageException.class);
        failing.mend();
        CommitReport.Committed second = house.commit();
        assertThat(house.content(second.snapshot(), "d1/f1")).isEqualTo("changed");
        assertThat(house.paths(second.snapshot())).hasSize(44);
    }

    @Test
    void aForgottenSnapshotIsNoticedAndAllIsThereAgain() throws Exception { // C14b
        house.commit();
        try (Stream<Path> snapshots = Files.list(house.repository.resolve("snapshots"))) {
            for (Path file : snapshots.toList()) {
                Files.delete(file);
            }
        }
        CommitReport.Committed second = house.commit();
        assertThat(second.parent()).isNull();
        assertThat(second.work().filesRead()).isZero();
        assertThat(house.paths(second.snapshot())).hasSize(44);
    }

    @Test
    void anotherRepositoryGetsEverything() throws Exception {
        house.commit();
        house.close();
        try (Stream<Path> files = Files.walk(house.repository)) {
            for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(file);
            }
        }
        house.restart();
        CommitReport.Committed second = house.commit();
        assertThat(second.work().filesRead()).isEqualTo(40);
        assertThat(house.paths(second.snapshot())).hasSize(44);
    }
}
