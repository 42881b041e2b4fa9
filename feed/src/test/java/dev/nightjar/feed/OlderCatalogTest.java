package dev.nightjar.feed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.selection.SelectionRules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A catalog of schema 1, which had neither audits nor questions. */
final class OlderCatalogTest {
    @Test
    void isReadAsItIsAndMigratedByItsOwner() throws Exception {
        try (Place place = new Place(Path.of("target"))) {
            FeedOptions options =
                    place.options(WatcherChoice.INOTIFY, new SelectionRules(List.of(), List.of(), false, true, false));
            try (ChangeFeed feed = ChangeFeed.open(options)) {
                feed.scan(Progress.NONE);
            }
            try (Connection older = DriverManager.getConnection("jdbc:sqlite:" + place.state.resolve("catalog.db"));
                    Statement statement = older.createStatement()) {
                statement.execute("DROP TABLE audit");
                statement.execute("DROP TABLE question");
                statement.execute("PRAGMA user_version=1");
            }
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
