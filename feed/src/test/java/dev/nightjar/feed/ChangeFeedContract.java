package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import dev.nightjar.linux.Directory;
import dev.nightjar.linux.Name;
import dev.nightjar.linux.RenameMode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every watcher must show. */
abstract class ChangeFeedContract {
    private static final SelectionRules ALL = new SelectionRules(List.of(), List.of(), false, true, false);

    private final WatcherChoice watcher;
    private final Path below;
    private Place place;
    private ChangeFeed feed;
    private Cursor cursor;

    ChangeFeedContract(WatcherChoice watcher, Path below) throws IOException {
        this.watcher = watcher;
        this.below = below;
        this.place = new Place(below);
        this.feed = ChangeFeed.open(place.options(watcher, ALL));
        this.cursor = feed.cursorNow();
    }

    @BeforeEach
    void healed() throws IOException, InterruptedException {
        feed.start();
        feed.awaitHealed();
        feed.barrier();
        cursor = feed.cursorNow();
    }

    @AfterEach
    void closed() throws IOException {
        feed.close();
        place.close();
    }

    /** What is told since the last time, without the directories whose times alone changed. */
    private List<String> told() throws IOException, InterruptedException {
        feed.barrier();
        assertThat(feed.barrier().gaps()).isEmpty(); // twice: looks in the tick of a change are repeated
        ChangeBatch batch = feed.changes(cursor, 10_000);
        cursor = batch.cursor();
        List<String> lines = new ArrayList<>();
        for (Change change : batch.changes()) {
            String name = change.path() == null ? "all" : short_(Objects.requireNonNull(change.path()));
            switch (change) {
                case Change.Created created -> lines.add("+ " + name);
                case Change.Modified modified -> {
                    if (!modified.directory()) {
                        lines.add((modified.content() ? "M " : "m ") + name);
                    }
                }
                case Change.Moved moved ->
                    lines.add("> " + short_(moved.from()) + " -> " + name + (moved.content() ? " M" : ""));
                case Change.Deleted deleted -> lines.add("- " + name);
                case Change.LeftOut leftOut -> lines.add("x " + name);
                case Change.Unknown unknown -> lines.add("! " + unknown.reason());
            }
        }
        assertThat(place.rows(feed)).isEqualTo(place.files());
        return lines;
    }

    private String short_(BytePath path) {
        return place.root.relativize(Path.of(path.toString())).toString();
    }

    private Path at(String name) {
        return place.root.resolve(name);
    }

    private void rename(String from, String to) throws IOException {
        Files.move(at(from), at(to), StandardCopyOption.ATOMIC_MOVE);
    }

    private Entry row(String name) throws IOException {
        return Objects.requireNonNull(place.row(feed, name), name);
    }

    @Test
    void aFileIsCreatedChangedAndDeleted() throws Exception {
        Files.writeString(at("a"), "1");
        assertThat(told()).containsExactly("+ a");
        Files.writeString(at("a"), "22");
        assertThat(told()).containsExactly("M a");
        Files.delete(at("a"));
        assertThat(told()).containsExactly("- a");
    }

    @Test
    void aRenamedFileIsTheSameFile() throws Exception { // C12
        Files.writeString(at("a"), "1");
        told();
        Entry before = row("a");
        rename("a", "b");
        assertThat(told()).containsExactly("> a -> b");
        assertThat(row("b").id()).isEqualTo(before.id());
        assertThat(row("b").contentSequence()).isEqualTo(before.contentSequence());
    }

    @Test
    void aRenamedDirectoryIsOneRow() throws Exception { // C3, C11
        Files.createDirectories(at("d/e"));
        Files.writeString(at("d/e/f"), "1");
        told();
        long sequence = row("d/e/f").sequence();
        feed.awaitHealed();
        long listed = feed.counters().directoriesListed();
        rename("d", "g");
        assertThat(told()).containsExactly("> d -> g");
        assertThat(row("g/e/f").sequence()).isEqualTo(sequence);
        assertThat(feed.counters().directoriesListed()).isEqualTo(listed);
    }

    @Test
    void directoriesThatAreMadeAndFilledAtOnceAreSeenWhole() throws Exception { // C4
        for (int i = 0; i < 30; i++) {
            Files.createDirectories(at("d" + i + "/e/f/g"));
            Files.writeString(at("d" + i + "/e/f/g/h"), "1");
            Files.writeString(at("d" + i + "/e/i"), "1");
        }
        assertThat(told()).hasSize(30 * 6);
    }

    @Test
    void savingByRenamingOverIsAChangeOfTheFile() throws Exception {
        Files.writeString(at("a"), "1");
        told();
        Files.writeString(at("a.new"), "2");
        rename("a.new", "a");
        assertThat(told()).containsExactly("M a");
    }

    @Test
    void aKnownFileMayBeRenamedOverAnother() throws Exception {
        Files.writeString(at("a"), "1");
        Files.writeString(at("b"), "2");
        told();
        long id = row("a").id();
        rename("a", "b");
        assertThat(told()).contains("> a -> b");
        assertThat(row("b").id()).isEqualTo(id);
    }

    @Test
    void exchangedNamesKeepTheirFiles() throws Exception {
        Files.createDirectories(at("a/x"));
        Files.createDirectories(at("b/y"));
        told();
        long a = row("a").id();
        long b = row("b").id();
        try (Directory root = Directory.open(BytePath.of(place.root.toString()))) {
            root.rename(Name.of("a"), root, Name.of("b"), RenameMode.EXCHANGE);
        }
        assertThat(told()).containsExactlyInAnyOrder("> a -> b", "> b -> a");
        assertThat(row("a").id()).isEqualTo(b);
        assertThat(row("b").id()).isEqualTo(a);
    }

    @Test
    void whatIsMovedInIsScannedAndWhatIsMovedOutIsOneName() throws Exception {
        Files.createDirectories(place.outside.resolve("d/e"));
        Files.writeString(place.outside.resolve("d/e/f"), "1");
        Files.move(place.outside.resolve("d"), at("d"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(told()).containsExactlyInAnyOrder("+ d", "+ d/e", "+ d/e/f");
        Files.writeString(at("d/e/f"), "22");
        assertThat(told()).containsExactly("M d/e/f");
        Files.move(at("d"), place.outside.resolve("d"), StandardCopyOption.ATOMIC_MOVE);
        assertThat(told()).containsExactly("- d");
    }

    @Test
    void aFileMovedIntoADirectoryThatIsNewIsTheSameFile() throws Exception {
        Files.writeString(at("a"), "1");
        told();
        long content = row("a").contentSequence();
        Files.createDirectory(at("d"));
        rename("a", "d/a");
        assertThat(told()).containsExactlyInAnyOrder("+ d", "> a -> d/a");
        assertThat(row("d/a").contentSequence()).isEqualTo(content);
    }

    @Test
    void aWriteIsSeenUnderAllNamesOfAFile() throws Exception { // C3
        Files.createDirectory(at("d"));
        Files.writeString(at("a"), "1");
        Files.createLink(at("d/b"), at("a"));
        told();
        Files.writeString(at("d/b"), "22");
        assertThat(told()).containsExactlyInAnyOrder("M a", "M d/b");
        Files.delete(at("d/b"));
        told();
        assertThat(row("a").links()).isEqualTo(1);
    }

    @Test
    void aWriteUnderANameThatIsLeftOutIsSeenUnderTheOther() throws Exception { // C3
        Files.writeString(at(".nightjarignore"), "*.out\n");
        Files.writeString(at("a"), "1");
        Files.createLink(at("a.out"), at("a"));
        feed.barrier();
        feed.awaitHealed();
        feed.barrier();
        Files.writeString(at("a.out"), "22");
        feed.barrier();
        feed.barrier();
        assertThat(row("a").size()).isEqualTo(2);
    }

    @Test
    void onlyWhatMayHaveChangedBytesCountsAsContent() throws Exception { // C12
        Files.writeString(at("a"), "1");
        Files.writeString(at("b"), "1");
        told();
        Files.setPosixFilePermissions(at("a"), PosixFilePermissions.fromString("rw-------"));
        assertThat(told()).containsExactly("m a");
        Files.newByteChannel(at("b"), StandardOpenOption.WRITE).close();
        assertThat(told()).isEmpty();
    }

    @Test
    void aBytesChangeWithTheOldTimesPutBackIsContent() throws Exception { // C12
        Files.writeString(at("a"), "1");
        told();
        var time = Files.getLastModifiedTime(at("a"));
        Files.writeString(at("a"), "2");
        Files.setLastModifiedTime(at("a"), time);
        assertThat(told()).containsExactly("M a");
    }

    @Test
    void aFileBecomesADirectoryAndALink() throws Exception {
        Files.writeString(at("a"), "1");
        told();
        Files.delete(at("a"));
        Files.createDirectory(at("a"));
        Files.writeString(at("a/b"), "1");
        assertThat(told()).containsExactlyInAnyOrder("- a", "+ a", "+ a/b");
        Place.remove(at("a"));
        Files.createSymbolicLink(at("a"), Path.of("keep"));
        assertThat(told()).containsExactly("- a", "+ a");
    }

    @Test
    void thePlacesOfOurOwnAreNoPartOfIt() throws Exception { // C9
        Files.createDirectory(at("target"));
        Files.writeString(at("target/pack"), "1");
        feed.barrier();
        assertThat(place.rows(feed)).containsExactly("keep");
    }

    @Test
    void anOverflowIsAGapAndHeals() throws Exception { // C5
        feed.injectOverflow();
        Files.writeString(at("a"), "1");
        feed.barrier();
        feed.awaitHealed();
        assertThat(told()).containsExactly("+ a");
        assertThat(feed.counters().overflows()).isEqualTo(1);
    }

    @Test
    void whatHappenedWhileNobodyWatchedIsTold() throws Exception { // C5, C7
        Files.createDirectories(at("d/e"));
        Files.writeString(at("d/e/f"), "1");
        Files.writeString(at("a"), "1");
        told();
        feed.close();
        rename("d", "g");
        Files.delete(at("a"));
        Files.writeString(at("b"), "2");
        feed = ChangeFeed.open(place.options(watcher, ALL));
        feed.start();
        feed.awaitHealed();
        assertThat(told()).containsExactlyInAnyOrder("> d -> g", "- a", "+ b");
    }

    @Test
    void anotherSelectionInTheNextRunIsToldAndHolds() throws Exception { // C5, C7
        Files.createDirectories(at("d"));
        Files.writeString(at("d/a.tmp"), "1");
        Files.writeString(at("b"), "1");
        told();
        reopen(new SelectionRules(List.of("*.tmp"), List.of(), false, true, false));
        ChangeBatch narrower = feed.changes(cursor, 1000);
        assertThat(narrower.changes())
                .anyMatch(change -> change instanceof Change.Unknown gap && gap.reason() == GapReason.SELECTION);
        assertThat(place.rows(feed)).containsExactly("b", "d", "keep");
        cursor = feed.cursorNow();
        Files.writeString(at("d/c.tmp"), "1");
        feed.barrier();
        assertThat(feed.changes(cursor, 1000).changes()).noneMatch(change -> change instanceof Change.Created);
        reopen(ALL);
        assertThat(feed.changes(cursor, 1000).changes())
                .anyMatch(change -> change instanceof Change.Unknown gap && gap.reason() == GapReason.SELECTION);
        assertThat(place.rows(feed)).isEqualTo(place.files());
    }

    private void reopen(SelectionRules rules) throws IOException, InterruptedException {
        feed.close();
        feed = ChangeFeed.open(place.options(watcher, rules));
        feed.start();
        feed.awaitHealed();
        feed.barrier();
    }

    @Test
    void anIgnoreFileLeavesOutAndTakesBack() throws Exception {
        Files.createDirectory(at("cache"));
        Files.writeString(at("cache/x"), "1");
        told();
        Files.writeString(at(".nightjarignore"), "cache/\n");
        feed.barrier();
        feed.awaitHealed();
        feed.barrier();
        ChangeBatch batch = feed.changes(cursor, 100);
        cursor = batch.cursor();
        assertThat(batch.changes()).anyMatch(change -> change instanceof Change.LeftOut);
        assertThat(place.rows(feed)).containsExactly(".nightjarignore", "keep");
        Files.delete(at(".nightjarignore"));
        feed.barrier();
        feed.awaitHealed();
        assertThat(told()).containsExactlyInAnyOrder("- .nightjarignore", "+ cache", "+ cache/x");
    }

    @Test
    void aRootWhoseIgnoreFileLeftOutAllIsNotEmptiedWhenThatGoes() throws Exception { // C17
        Files.writeString(at(".nightjarignore"), "*\n");
        feed.barrier();
        feed.awaitHealed();
        feed.barrier();
        assertThat(place.rows(feed)).containsExactly(".nightjarignore");
        Files.delete(at(".nightjarignore"));
        feed.barrier();
        feed.awaitHealed();
        feed.barrier();
        assertThat(feed.status().rootsSettled()).isTrue();
        assertThat(feed.status().gaps()).isEmpty();
        assertThat(place.rows(feed)).containsExactly("keep");
    }

    @Test
    void aBarrierEndsBesideAWriterThatNeverRests() throws Exception { // C8
        AtomicBoolean stop = new AtomicBoolean();
        Thread writer = Thread.ofPlatform().start(() -> {
            for (int i = 0; !stop.get(); i++) {
                try {
                    Files.writeString(at("busy" + i % 50), "x".repeat(i % 100));
                    Files.delete(at("busy" + i % 50));
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }
        });
        try {
            for (int i = 0; i < 5; i++) {
                Files.writeString(at("a" + i), "1");
                feed.barrier();
                assertThat(place.row(feed, "a" + i)).isNotNull();
            }
        } finally {
            stop.set(true);
            writer.join();
        }
        told();
    }

    @Test
    void aCursorOfAnotherCatalogIsAGap() throws Exception { // C7
        assertThat(feed.changes(new Cursor("abcdef", 1, cursor.selection()), 10).changes())
                .singleElement()
                .isInstanceOfSatisfying(
                        Change.Unknown.class, gap -> assertThat(gap.reason()).isEqualTo(GapReason.CURSOR_FOREIGN));
        Cursor ahead = new Cursor(cursor.catalog(), cursor.sequence() + 1000, cursor.selection());
        assertThat(feed.changes(ahead, 10).changes()).singleElement().isInstanceOf(Change.Unknown.class);
    }

    @Test
    void anOlderCopyOfTheCatalogNeverAnswersWithSilence() throws Exception { // C7
        feed.close();
        Path copy = place.top.resolve("copy.db");
        Files.copy(place.state.resolve("catalog.db"), copy);
        feed = ChangeFeed.open(place.options(watcher, ALL));
        feed.start();
        feed.awaitHealed();
        Files.writeString(at("a"), "1");
        told();
        Cursor later = feed.cursorNow();
        feed.close();
        Files.delete(at("a"));
        assertThat(place.state.resolve("catalog.db-wal")).doesNotExist();
        Files.copy(copy, place.state.resolve("catalog.db"), StandardCopyOption.REPLACE_EXISTING);
        feed = ChangeFeed.open(place.options(watcher, ALL));
        feed.start();
        feed.awaitHealed();
        assertThat(feed.changes(later, 10).changes()).singleElement().isInstanceOf(Change.Unknown.class);
    }

    @Test
    void anAcknowledgedCursorMovesWithTheReadersOwnWork() throws Exception { // C7
        long sequence = feed.sequence();
        feed.write(connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE TABLE mine(x)");
            }
        });
        feed.acknowledge("me", sequence, connection -> {
            try (var statement = connection.createStatement()) {
                statement.execute("INSERT INTO mine VALUES(1)");
            }
        });
        assertThat(Objects.requireNonNull(feed.cursor("me")).sequence()).isEqualTo(sequence);
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> feed.acknowledge("me", sequence + 1, connection -> {
                    throw new java.sql.SQLException("no");
                }))
                .isInstanceOf(IOException.class);
        assertThat(Objects.requireNonNull(feed.cursor("me")).sequence()).isEqualTo(sequence);
        assertThat(below).exists();
    }
}
