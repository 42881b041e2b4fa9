package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.linux.BytePath;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class SnapshotPathTest {
    @Test
    void isReadBySpellingAlone() {
        assertThat(SnapshotPath.parse("latest")).contains(new SnapshotPath(0, "", null));
        assertThat(SnapshotPath.parse("latest~3")).contains(new SnapshotPath(3, "", null));
        assertThat(SnapshotPath.parse("latest:/a/b")).contains(new SnapshotPath(0, "", BytePath.of("/a/b")));
        assertThat(SnapshotPath.parse("latest:a:b\n")).contains(new SnapshotPath(0, "", BytePath.of("/a:b\n")));
        assertThat(SnapshotPath.parse("7be0c2d1:/x/../y")).contains(new SnapshotPath(-1, "7be0c2d1", BytePath.of("/y")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"./latest", "latest1", "7be0c2d", "7BE0C2D1", "/home/me", "report.odt", "latest~", ""})
    void allElseIsAPath(String text) {
        assertThat(SnapshotPath.parse(text)).isEmpty();
    }
}
