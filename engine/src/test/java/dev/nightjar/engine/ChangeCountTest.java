package dev.nightjar.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.repository.FileSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit says of how many names changed. */
@SuppressWarnings("NullAway.Init")
class ChangeCountTest {
    @TempDir
    Path base;

    private House house;

    @BeforeEach
    void build() throws Exception {
        house = new House(base);
        for (int i = 0; i < 5; i++) {
            house.write("a/b/f" + i, "content " + i);
        }
        house.write("c/file", "c");
    }

    @AfterEach
    void leave() throws IOException {
        house.close();
    }

    @Test
    void theFirstCommitCountsAllNames() throws Exception {
        assertThat(house.commit().changes()).isEqualTo(10); // six files, a, a/b, c, the root
    }

    @Test
    void eachFileThatWasRewrittenCountsOnce() throws Exception {
        house.commit();
        house.write("a/b/f0", "other");
        assertThat(house.commit().changes()).isEqualTo(1);
        for (int i = 0; i < 5; i++) {
            house.write("a/b/f" + i, "again " + i);
        }
        assertThat(house.commit().changes()).isEqualTo(5);
    }

    @Test
    void aFileReplacedByRenamingCountsOnce() throws Exception {
        house.commit();
        Path fresh = house.write("a/b/.f0.new", "other");
        Files.move(fresh, house.source.resolve("a/b/f0"), StandardCopyOption.REPLACE_EXISTING);
        assertThat(house.commit().changes()).isEqualTo(1);
    }

    @Test
    void createdModifiedMovedAndDeletedNamesAddUp() throws Exception {
        house.commit();
        house.write("a/b/new", "new");
        house.write("a/d/e", "a directory and a file");
        house.write("a/b/f0", "modified");
        Files.move(house.source.resolve("a/b/f1"), house.source.resolve("c/f1"));
        Files.delete(house.source.resolve("a/b/f2"));
        assertThat(house.commit().changes()).isEqualTo(6);
    }

    @Test
    void aMovedDirectoryIsOne() throws Exception { // C3
        house.commit();
        Files.move(house.source.resolve("a/b"), house.source.resolve("c/b"));
        assertThat(house.commit().changes()).isEqualTo(1);
    }

    @Test
    void aDirectoryCountsForItself() throws Exception {
        house.commit();
        Files.setPosixFilePermissions(house.source.resolve("a"), PosixFilePermissions.fromString("rwx------"));
        assertThat(house.commit().changes()).isEqualTo(1);
    }

    @Test
    void aFileRewrittenWhileItIsReadStillCounts() throws Exception { // C13
        AtomicBoolean once = new AtomicBoolean(false);
        house.readings(source -> rewriting(source, once));
        house.commit();
        house.write("a/b/f0", "modified");
        house.feed().barrier();
        once.set(true);
        assertThat(house.commit().changes()).isEqualTo(1);
    }

    /** The first reading finds the file written anew, and the catalog has seen that before the commit ends. */
    private FileSource rewriting(FileSource source, AtomicBoolean once) {
        return () -> {
            if (once.compareAndSet(true, false)) {
                house.write("a/b/f0", "modified once more");
                try {
                    house.feed().barrier();
                } catch (InterruptedException e) {
                    throw new UncheckedIOException(new IOException(e));
                }
            }
            return source.open();
        };
    }

    /** C11: however many files there are, only the rows that changed are read. */
    @Test
    void noRowIsReadThatDidNotChange() throws Exception {
        house.commit();
        List<String> plan = house.feed().read(reader -> {
            List<String> steps = new ArrayList<>();
            try (PreparedStatement explain =
                    reader.connection().prepareStatement("EXPLAIN QUERY PLAN " + ChangeCount.NAMES)) {
                explain.setLong(1, 1);
                try (ResultSet rows = explain.executeQuery()) {
                    while (rows.next()) {
                        steps.add(rows.getString("detail"));
                    }
                }
            }
            return steps;
        });
        assertThat(plan)
                .anyMatch(step -> step.startsWith("SEARCH entry USING INDEX entry_sequence"))
                .noneMatch(step -> step.startsWith("SCAN entry") || step.startsWith("SCAN gone"));
    }
}
