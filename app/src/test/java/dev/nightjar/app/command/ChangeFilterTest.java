package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.feed.Change;
import dev.nightjar.feed.GapReason;
import dev.nightjar.linux.BytePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ChangeFilterTest {
    private final ChangeFilter filter = new ChangeFilter(List.of(BytePath.of("/r/in")));

    private static BytePath path(String text) {
        return BytePath.of(text);
    }

    @Test
    void tellsWhatLiesInside() {
        Change inside = new Change.Created(1, path("/r/in/x"), false);
        assertThat(filter.filter(inside)).contains(inside);
        assertThat(filter.filter(new Change.Created(1, path("/r/out/x"), false))).isEmpty();
        assertThat(filter.filter(new Change.Modified(1, path("/r"), true, false))).isEmpty();
    }

    @Test
    void aMoveAcrossTheBorderIsACreationOrADeletion() { // C7b
        assertThat(filter.filter(new Change.Moved(1, path("/r/in/x"), path("/r/y"), false, false)))
                .contains(new Change.Deleted(1, path("/r/in/x"), false));
        assertThat(filter.filter(new Change.Moved(1, path("/r/y"), path("/r/in/x"), false, false)))
                .contains(new Change.Created(1, path("/r/in/x"), false));
        assertThat(filter.filter(new Change.Moved(1, path("/r/d"), path("/r/in/d"), true, false)))
                .contains(new Change.Unknown(1, path("/r/in/d"), GapReason.SELECTION));
    }

    @Test
    void aGapAboveIsAGap() { // C5
        assertThat(filter.filter(new Change.Unknown(1, null, GapReason.OVERFLOW)))
                .contains(new Change.Unknown(1, path("/r/in"), GapReason.OVERFLOW));
        assertThat(filter.filter(new Change.Unknown(1, path("/r/out"), GapReason.OVERFLOW))).isEmpty();
        assertThat(filter.filter(new Change.Deleted(1, path("/r"), true)))
                .contains(new Change.Unknown(1, path("/r/in"), GapReason.ROOT));
    }

    @Test
    void bareNamesSayWhenEverythingBelowIsMeant() { // C7b
        assertThat(names(new Change.Moved(1, path("/a"), path("/b"), true, false))).containsExactly("/a", "/b/");
        assertThat(names(new Change.Moved(1, path("/a"), path("/b"), false, false))).containsExactly("/a", "/b");
        assertThat(names(new Change.Unknown(1, null, GapReason.START))).containsExactly("/r/");
        assertThat(names(new Change.Deleted(1, path("/d"), true))).containsExactly("/d");
    }

    private static List<String> names(Change change) {
        return ChangeText.names(change, List.of(path("/r"))).stream()
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void survivesTheSocket() {
        for (Change change : List.of(
                new Change.Created(0, path("/a"), false),
                new Change.Modified(0, path("/a"), true, false),
                new Change.Modified(0, path("/a"), false, true),
                new Change.Moved(0, path("/a"), path("/b\udcff"), true, true),
                new Change.Deleted(0, path("/a"), true),
                new Change.LeftOut(0, path("/a"), false),
                new Change.Unknown(0, null, GapReason.OVERFLOW),
                new Change.Unknown(0, path("/a"), GapReason.UNREADABLE))) {
            assertThat(RemoteChanges.change(
                            dev.nightjar.app.output.JsonObject.parse(ChangeText.json(change).toString())))
                    .isEqualTo(change);
        }
    }
}
