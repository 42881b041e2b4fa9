package dev.nightjar.feed.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.ChangeBatch;
import dev.nightjar.feed.Cursor;
import dev.nightjar.feed.Entry;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.Stat;
import dev.nightjar.linux.Timestamp;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** C5, C20: what cursors may ask for is kept while they count, then forgotten, and whoever missed it is told. */
final class CursorsTest {
    private static final Duration AGE = Duration.ofDays(30);
    private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
    private static final String SELECTION = "all";
    private static final int DIRECTORY = 0x4000 | 0755;
    private static final int FILE = 0x8000 | 0644;

    private final CatalogStore store;
    private final Readers readers;
    private final Entry root;
    private Instant now = BEGIN;
    private long inode;

    CursorsTest(@TempDir Path state) throws Exception {
        store = CatalogStore.open(state, () -> now);
        readers = Readers.of(state);
        root = store.insertRoot(1, BytePath.of("/root"), stat(DIRECTORY), List.of());
        store.commit();
    }

    @AfterEach
    void closed() throws Exception {
        readers.close();
        store.close();
    }

    private Stat stat(int mode) {
        Timestamp time = new Timestamp(1, 0);
        return new Stat(1, ++inode, mode, 1, 0, 0, 0, 0, time, time, time, 0, 1);
    }

    private Entry insert(Entry parent, String name, int mode) throws SQLException {
        return store.insert(1, parent.id(), Name.of(name), stat(mode), null, List.of());
    }

    private void delete(Entry entry) throws SQLException {
        store.gone(entry, GoneKind.DELETED, Objects.requireNonNull(store.path(entry.id())));
        store.delete(entry, directory -> {});
    }

    private void move(Entry entry, Entry parent, String name) throws SQLException {
        store.gone(entry, GoneKind.MOVED, Objects.requireNonNull(store.path(entry.id())));
        store.move(entry.id(), parent.id(), name.getBytes(StandardCharsets.UTF_8));
    }

    /** A file that comes and is deleted. */
    private void passing(String name) throws SQLException {
        delete(insert(root, name, FILE));
        store.commit();
    }

    /** What is done once a day, so many days after the beginning. */
    private void day(long days) throws SQLException {
        now = BEGIN.plus(Duration.ofDays(days));
        store.cursors().expire(AGE);
        while (store.cursors().forget()) {
            store.commit();
        }
        store.commit();
    }

    private Cursor here() throws Exception {
        return readers.cursor(store.committed(), SELECTION);
    }

    private void acknowledge(String name) throws SQLException {
        store.cursors().acknowledge(name, store.committed(), SELECTION);
        store.commit();
    }

    private Cursor named(String name) throws Exception {
        return readers.namedCursor(name, readers.read(reader -> reader.cursorSequence(name)));
    }

    private long kept() throws Exception {
        return readers.read(reader -> ((SqlReader) reader).number("SELECT count(*) FROM gone"));
    }

    private List<String> told(@Nullable Cursor since, int limit) throws Exception {
        List<String> told = new ArrayList<>();
        ChangeBatch batch;
        Cursor cursor = since;
        do {
            batch = readers.changes(cursor, SELECTION, limit);
            assertThat(batch.changes()).hasSizeLessThanOrEqualTo(2 * limit + 2);
            for (Change change : batch.changes()) {
                if (change instanceof Change.Unknown gap) {
                    told.add("! " + gap.reason());
                } else {
                    told.add(change.getClass().getSimpleName() + " " + change.path());
                }
            }
            cursor = Cursor.parse(batch.cursor().text());
        } while (batch.more());
        return told;
    }

    @Test
    void aCursorThatMissesWhatIsForgottenIsToldAGap() throws Exception { // C5
        Cursor old = here();
        acknowledge("old");
        passing("a");
        day(1);
        Cursor later = here();
        day(30);
        assertThat(told(old, 10)).containsExactly("Deleted /root/a");
        assertThat(told(named("old"), 10)).containsExactly("Deleted /root/a");
        day(31);
        assertThat(kept()).isZero();
        assertThat(told(old, 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(named("old"), 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(later, 10)).isEmpty();
        acknowledge("old");
        passing("b");
        assertThat(told(named("old"), 10)).containsExactly("Deleted /root/b");
    }

    @Test
    void aNamedCursorThatMovedLatelyIsWaitedFor() throws Exception { // C5
        passing("a");
        day(1);
        acknowledge("alive");
        passing("b");
        acknowledge("later");
        day(2);
        now = BEGIN.plus(Duration.ofDays(20));
        store.cursors().acknowledge("alive", named("alive").sequence(), SELECTION);
        day(40);
        assertThat(kept()).isEqualTo(1);
        assertThat(told(named("alive"), 10)).containsExactly("Deleted /root/b");
        day(50);
        assertThat(kept()).isZero();
        assertThat(told(named("alive"), 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(named("later"), 10)).isEmpty();
    }

    @Test
    void aClockThatWasAheadLosesNothingUntoldAndKeepsNothingForEver() throws Exception { // C5
        Cursor old = here();
        acknowledge("old");
        passing("a");
        day(1);
        day(5000);
        acknowledge("ahead");
        passing("b");
        assertThat(told(old, 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        day(2);
        assertThat(told(old, 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(named("old"), 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(named("ahead"), 10)).containsExactly("Deleted /root/b");
        day(31);
        assertThat(told(named("ahead"), 10)).containsExactly("Deleted /root/b");
        day(33);
        assertThat(kept()).isZero();
        assertThat(told(named("ahead"), 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
    }

    @Test
    void manyNamesAreForgottenInPortionsAndToldAtOnce() throws Exception { // C5, C20
        Cursor old = here();
        for (int i = 0; i < 11_000; i++) {
            delete(insert(root, "f" + i, FILE));
        }
        store.commit();
        day(1);
        Cursor later = here();
        now = BEGIN.plus(Duration.ofDays(31));
        store.cursors().expire(AGE);
        assertThat(store.cursors().forget()).isTrue();
        store.commit();
        assertThat(kept()).isEqualTo(6000);
        assertThat(told(old, 10)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
        assertThat(told(later, 10)).isEmpty();
        assertThat(store.cursors().forget()).isTrue();
        assertThat(store.cursors().forget()).isFalse();
        store.commit();
        assertThat(kept()).isZero();
    }

    @Test
    void nothingIsWrittenOnADayOnWhichNothingChanged() throws Exception { // C9
        passing("a");
        day(1);
        now = BEGIN.plus(Duration.ofDays(2));
        store.cursors().expire(AGE);
        assertThat(store.cursors().forget()).isFalse();
        assertThat(store.dirty()).isFalse();
    }

    @Test
    void aListingFromTheBeginningGoesOnBesideWhatIsForgotten() throws Exception { // C5, C20
        Entry old = insert(root, "old", DIRECTORY);
        for (int i = 0; i < 20; i++) {
            insert(old, "f" + i, FILE);
            passing("p" + i);
        }
        Entry late = insert(root, "late", DIRECTORY);
        move(Objects.requireNonNull(store.byName(old.id(), Name.of("f3"))), late, "f3");
        day(1);
        day(31);
        TreeSet<String> all = new TreeSet<>(told(null, 1000));
        assertThat(all).hasSize(23).contains("Created /root/late/f3", "Created /root/old/f4");
        List<String> inPages = told(null, 3);
        assertThat(inPages).containsAll(all).noneMatch(line -> line.startsWith("!") || line.startsWith("Deleted"));
        assertThat(inPages.indexOf("Created /root/late")).isLessThan(inPages.indexOf("Created /root/late/f3"));

        ChangeBatch first = readers.changes(null, SELECTION, 3);
        delete(Objects.requireNonNull(store.byName(old.id(), Name.of("f19"))));
        store.commit();
        assertThat(told(first.cursor(), 3)).contains("Deleted /root/old/f19");
        day(32);
        day(70);
        assertThat(told(first.cursor(), 3)).containsExactly("! " + GapReason.CURSOR_EXPIRED);
    }

    @Test
    void aCursorFarBehindIsToldInBatchesOfALimitedSize() throws Exception { // C20
        Entry kept = insert(root, "kept", DIRECTORY);
        List<Entry> files = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            files.add(insert(kept, "f" + i, FILE));
        }
        store.commit();
        Cursor before = here();
        for (int i = 0; i < 500; i++) {
            if (i % 2 == 0) {
                delete(files.get(i));
            } else {
                move(files.get(i), root, "g" + i);
            }
        }
        for (int i = 0; i < 100; i++) { // made and gone since
            Entry directory = insert(root, "d" + i, DIRECTORY);
            insert(directory, "below", DIRECTORY);
            delete(directory);
        }
        store.commit();
        for (int limit : new int[] {1, 7, 100}) {
            TreeSet<String> told = new TreeSet<>(told(before, limit));
            for (int i = 0; i < 500; i++) {
                assertThat(told).contains(i % 2 == 0 ? "Deleted /root/kept/f" + i : "Moved /root/g" + i);
            }
        }
    }
}
