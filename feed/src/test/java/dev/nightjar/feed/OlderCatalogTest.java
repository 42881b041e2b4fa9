package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.selection.Selection;
import dev.nightjar.feed.selection.SelectionRules;
import dev.nightjar.linux.BytePath;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A catalog of schema 1, which had neither audits nor questions, and one of schema 2, in which nothing was forgotten. */
final class OlderCatalogTest {
    private static final SelectionRules ALL = new SelectionRules(List.of(), List.of(), false, true, false);

    private static void execute(Path state, String... statements) throws SQLException {
        try (Connection older = DriverManager.getConnection("jdbc:sqlite:" + state.resolve("catalog.db"));
                Statement statement = older.createStatement()) {
            for (String text : statements) {
                statement.execute(text);
            }
        }
    }

    private static void isAsBeforeSchema3(Path state) throws SQLException {
        execute(
                state,
                "DROP TABLE mark",
                "DROP INDEX gone_entry",
                "DROP INDEX gone_directory_created",
                "PRAGMA user_version=2");
    }

    @Test
    void whatCeasedBeforeCursorsCouldExpireIsToldAndThenForgotten() throws Exception { // C5
        try (Place place = new Place(Path.of("target"))) {
            Path file = Files.createFile(place.root.resolve("a"));
            AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
            FeedOptions options = new FeedOptions(
                    place.state,
                    List.of(BytePath.of(place.root.toString())),
                    Selection.of(ALL),
                    List.of(),
                    WatcherChoice.INOTIFY,
                    Timing.DEFAULT,
                    now::get);
            Cursor before;
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.scan(Progress.NONE);
                before = feed.cursorNow();
            }
            Files.delete(file);
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.scan(Progress.NONE);
            }
            isAsBeforeSchema3(place.state);
            try (ChangeFeed reader = ChangeFeed.openReadOnly(place.state)) {
                assertThat(reader.changes(before, 10).changes()).hasAtLeastOneElementOfType(Change.Deleted.class);
            }
            try (ChangeFeed feed = ChangeFeed.open(options)) { // when they ceased nobody knows: they count from now on
                feed.scan(Progress.NONE);
                assertThat(feed.changes(before, 10).changes()).hasAtLeastOneElementOfType(Change.Deleted.class);
            }
            now.set(now.get().plus(Duration.ofDays(30)));
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.scan(Progress.NONE);
                assertThat(feed.changes(before, 10).changes())
                        .singleElement()
                        .isInstanceOfSatisfying(
                                Change.Unknown.class,
                                gap -> assertThat(gap.reason()).isEqualTo(GapReason.CURSOR_EXPIRED));
            }
        }
    }

    @Test
    void isReadAsItIsAndMigratedByItsOwner() throws Exception {
        try (Place place = new Place(Path.of("target"))) {
            FeedOptions options = place.options(WatcherChoice.INOTIFY, ALL);
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.scan(Progress.NONE);
            }
            isAsBeforeSchema3(place.state);
            execute(place.state, "DROP TABLE audit", "DROP TABLE question", "PRAGMA user_version=1");
            try (ChangeFeed reader = ChangeFeed.openReadOnly(place.state)) {
                assertThat(reader.status().roots()).hasSize(1);
                assertThat(reader.lastAudit()).isNull();
            }
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.start();
                feed.awaitHealed();
                assertThat(place.rows(feed)).containsExactly("keep");
                Files.delete(place.root.resolve("keep"));
                feed.barrier();
                assertThat(feed.status().roots().getFirst().question()).isNotNull();
            }
        }
    }
}
