package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.ByteSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C13: files that cannot be read, vanish, or change while they are read. */
class DifficultFilesTest {
    /** Something that happens to a file. */
    private interface Fault {
        void strike() throws IOException;
    }

    @TempDir
    Path base;

    private House house;
    private volatile @Nullable Fault beforeOpen;
    private volatile @Nullable Fault beforeRead;

    @BeforeEach
    void build() throws IOException {
        house = new House(base);
        house.readings(reading -> () -> {
            strike(beforeOpen);
            return new FaultySource(reading.open());
        });
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    private static void strike(@Nullable Fault fault) throws IOException {
        if (fault != null) {
            fault.strike();
        }
    }

    private final class FaultySource implements ByteSource {
        private final ByteSource bytes;

        FaultySource(ByteSource bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            strike(beforeRead);
            return bytes.read(buffer, offset, length);
        }

        @Override
        public void close() throws IOException {
            bytes.close();
        }
    }

    @Test
    void anUnreadableFileIsAProblemThatStaysPending() throws Exception {
        house.write("a/bad", "content");
        beforeOpen = () -> {
            throw new IOException("open /a/bad: EACCES");
        };
        CommitReport.Committed first = house.commit();
        assertThat(first.problemCount()).isEqualTo(1);
        FileProblem problem = first.problems().getFirst();
        assertThat(problem.path()).hasToString(house.source + "/a/bad");
        assertThat(problem.kind()).isEqualTo(FileProblem.Kind.UNREADABLE);
        assertThat(problem.reason()).contains("EACCES");
        assertThat(problem.olderKept()).isFalse();
        assertThat(house.events)
                .filteredOn(JobEvent.ProblemFound.class::isInstance)
                .hasSize(1);
        assertThat(house.paths(first.snapshot())).containsExactly("a");

        CommitReport again = house.backup();
        assertThat(again).isInstanceOf(CommitReport.NothingToDo.class);
        assertThat(again.problemCount()).isEqualTo(1);
        assertThat(house.events)
                .filteredOn(JobEvent.ProblemFound.class::isInstance)
                .hasSize(1);

        beforeOpen = null;
        CommitReport.Committed second = house.commit();
        assertThat(second.problemCount()).isZero();
        assertThat(house.content(second.snapshot(), "a/bad")).isEqualTo("content");
    }

    @Test
    void anUnreadableFileKeepsWhatWasSavedBefore() throws Exception {
        Path file = house.write("a/bad", "old content");
        var oldTime = Files.getLastModifiedTime(file);
        house.commit();
        Files.writeString(file, "new content");
        house.write("a/good", "good");
        beforeOpen = () -> {
            throw new IOException("EIO");
        };
        CommitReport.Committed second = house.commit();
        assertThat(second.problemCount()).isEqualTo(2);
        assertThat(house.content(second.snapshot(), "a/bad")).isEqualTo("old content");
        // Old bytes must not carry the new time, or restic would take the file for unchanged.
        var node = house.node(second.snapshot(), "a/bad");
        assertThat(node.mtime().toInstant()).isEqualTo(oldTime.toInstant());
        beforeOpen = null;
        CommitReport.Committed third = house.commit();
        assertThat(third.problemCount()).isZero();
        assertThat(house.content(third.snapshot(), "a/bad")).isEqualTo("new content");
    }

    @Test
    void aFileThatVanishedIsLeftOut() throws Exception {
        Path file = house.write("a/short-lived", "content");
        house.write("b/other", "other");
        house.feed();
        beforeOpen = () -> Files.deleteIfExists(file);
        CommitReport.Committed first = house.commit();
        assertThat(first.problemCount()).isZero();
        assertThat(house.paths(first.snapshot())).containsExactly("a", "b", "b/other");
    }

    @Test
    void aFileThatBecameALinkIsLeftOutUntilItsRowSaysSo() throws Exception {
        Path file = house.write("a/name", "content");
        beforeOpen = () -> {
            if (!Files.isSymbolicLink(file)) {
                Files.delete(file);
                Files.createSymbolicLink(file, Path.of("/etc/hostname"));
            }
        };
        CommitReport.Committed first = house.commit();
        assertThat(house.paths(first.snapshot())).containsExactly("a");
        CommitReport.Committed second = house.commit();
        assertThat(house.node(second.snapshot(), "a/name").linkTarget())
                .asString()
                .isEqualTo("/etc/hostname");
    }

    @Test
    void aFileThatChangedOnceIsReadAgain() throws Exception {
        Path file = house.write("a/log", "1");
        beforeRead = () -> {
            beforeRead = null;
            Files.writeString(file, "2", StandardOpenOption.APPEND);
        };
        CommitReport.Committed first = house.commit();
        assertThat(first.problemCount()).isZero();
        assertThat(house.content(first.snapshot(), "a/log")).isEqualTo("12");
        // Its row did not say so yet; the next commit reads it once more, then it rests.
        house.backup();
        CommitReport third = house.backup();
        assertThat(third.work().filesRead()).isZero();
    }

    @Test
    void aFileThatNeverRestsIsStoredAsUnstableAndStaysPending() throws Exception {
        Path file = house.write("a/log", "1");
        beforeRead = () -> Files.writeString(file, "2", StandardOpenOption.APPEND);
        CommitReport.Committed first = house.commit();
        assertThat(first.problems()).extracting(FileProblem::kind).containsExactly(FileProblem.Kind.UNSTABLE);
        assertThat(house.content(first.snapshot(), "a/log")).startsWith("12");
        beforeRead = null;
        CommitReport.Committed second = house.commit();
        assertThat(second.problemCount()).isZero();
        assertThat(house.content(second.snapshot(), "a/log")).isEqualTo(Files.readString(file));
    }

    @Test
    void aFailingDirectoryDoesNotStopTheRest() throws Exception {
        for (int i = 0; i < 50; i++) {
            house.write("d" + i + "/f", "content " + i);
        }
        Path gone = house.source.resolve("d7/f");
        beforeOpen = () -> {
            if (Files.deleteIfExists(gone)) {
                Files.delete(house.source.resolve("d7"));
            }
        };
        CommitReport.Committed first = house.commit();
        assertThat(house.paths(first.snapshot())).contains("d49/f").doesNotContain("d7/f");
    }
}
