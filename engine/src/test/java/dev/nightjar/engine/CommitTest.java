package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.Id;
import dev.nightjar.repository.Repository;
import dev.nightjar.repository.Snapshot;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommitTest {
    @TempDir
    Path base;

    private House house;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    @Test
    void theFirstBackupHasEverythingAndReadsEachFileOnce() throws Exception {
        house.write("a/one", "1");
        house.write("a/b/two", "22");
        house.write("empty", "");
        CommitReport.Committed first = house.commit();
        assertThat(first.first()).isTrue();
        assertThat(first.parent()).isNull();
        assertThat(first.files()).isEqualTo(3);
        assertThat(first.bytes()).isEqualTo(3);
        assertThat(first.work().filesRead()).isEqualTo(3);
        assertThat(first.work().bytesRead()).isEqualTo(3);
        assertThat(first.problemCount()).isZero();
        assertThat(paths(first.snapshot())).containsExactly("a", "a/b", "a/b/two", "a/one", "empty");
    }

    @Test
    void theNextCommitReadsOnlyWhatChangedAndRewritesOnlyTheWayToIt() throws Exception { // C11, C12
        for (int i = 0; i < 20; i++) {
            house.write("d" + i + "/x/file", "content " + i);
        }
        Id first = house.commit().snapshot();
        house.write("d7/x/file", "other content");
        CommitReport.Committed second = house.commit();
        assertThat(second.parent()).isEqualTo(first);
        assertThat(second.first()).isFalse();
        assertThat(second.changes()).isEqualTo(1);
        assertThat(second.work().filesRead()).isEqualTo(1);
        assertThat(second.work().treesBuilt()).isEqualTo(3);
        assertThat(paths(second.snapshot())).hasSize(60);
    }

    @Test
    void nothingChangedMakesNoSnapshot() throws Exception {
        house.write("a/one", "1");
        Id first = house.commit().snapshot();
        CommitReport again = house.backup();
        assertThat(again).isInstanceOf(CommitReport.NothingToDo.class);
        assertThat(((CommitReport.NothingToDo) again).snapshot()).isEqualTo(first);
        house.restart();
        assertThat(house.backup()).isInstanceOf(CommitReport.NothingToDo.class);
        assertThat(house.snapshots()).isEqualTo(1);
    }

    @Test
    void renamingADirectoryReadsNothing() throws Exception { // C3, C12
        for (int i = 0; i < 10; i++) {
            house.write("old/sub/f" + i, "content " + i);
        }
        house.write("other/x", "x");
        house.commit();
        Files.move(house.source.resolve("old"), house.source.resolve("other/new"));
        CommitReport.Committed second = house.commit();
        assertThat(second.work().filesRead()).isZero();
        assertThat(paths(second.snapshot()))
                .contains("other/new/sub/f9")
                .doesNotContain("old", "old/sub", "old/sub/f9");
    }

    @Test
    void aFileThatIsGoneIsGone() throws Exception {
        house.write("a/one", "1");
        Path two = house.write("a/two", "2");
        house.commit();
        Files.delete(two);
        CommitReport.Committed second = house.commit();
        assertThat(second.work().filesRead()).isZero();
        assertThat(paths(second.snapshot())).containsExactly("a", "a/one");
    }

    @Test
    void chmodReadsNoData() throws Exception { // C12
        Path file = house.write("a/one", "1");
        house.commit();
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        CommitReport.Committed second = house.commit();
        assertThat(house.node(second.snapshot(), "a/one").permissions()).isEqualTo(0700);
    }

    @Test
    void theSnapshotHasResticsLayoutUpToTheRoot() throws Exception {
        house.write("one", "1");
        Id snapshot = house.commit().snapshot();
        try (Repository repository = house.open()) {
            repository.loadIndex();
            Snapshot written = repository.snapshot(snapshot);
            assertThat(written.paths()).containsExactly(house.source.toString());
            assertThat(written.hostname()).isEqualTo("testhost");
            assertThat(written.programVersion()).isEqualTo("nightjar 0.1.0");
            assertThat(House.nodes(repository, written.tree()))
                    .extracting(node -> node.name().toString())
                    .containsExactly(house.source.getName(0).toString());
        }
    }

    @Test
    void severalRootsShareTheirAncestors() throws Exception {
        house.close();
        house = new House(base, "x/same", "y/same");
        house.write("x/same/1", "1");
        house.write("y/same/2", "2");
        house.write("y/not", "3");
        Id snapshot = house.commit().snapshot();
        assertThat(paths(snapshot)).containsExactly("x", "x/same", "x/same/1", "y", "y/same", "y/same/2");
    }

    @Test
    void directoriesAboveAreLookedAtButMakeNoCommit() throws Exception {
        house.write("one", "1");
        house.commit();
        Files.createDirectory(base.resolve("beside"));
        assertThat(house.backup()).isInstanceOf(CommitReport.NothingToDo.class);
    }

    @Test
    void aDeepTreeIsWalkedWithoutRecursion() throws Exception { // C2
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            path.append("d/");
        }
        house.write(path + "f", "deep");
        Id snapshot = house.commit().snapshot();
        assertThat(paths(snapshot)).hasSize(301);
    }

    private List<String> paths(Id snapshot) throws IOException {
        return house.paths(snapshot);
    }
}
