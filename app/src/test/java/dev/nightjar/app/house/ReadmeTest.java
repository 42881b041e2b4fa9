package dev.nightjar.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What the README promises in figures has been measured. */
final class ReadmeTest {
    private static final Pattern FIGURE = Pattern.compile("\\d[\\d.,]* (?:s|ms|MB|CPU-s)\\b");

    @Test
    void everyFigureIsInTheBenchmarks() throws IOException {
        Path top = Sources.ROOT;
        String benchmarks = Files.readString(top.resolve("docs/benchmarks.md"));
        List<String> figures = Files.readAllLines(top.resolve("README.md")).stream()
                .filter(line -> !line.startsWith("    "))
                .flatMap(line -> FIGURE.matcher(line).results().map(MatchResult::group))
                .toList();
        assertThat(figures)
                .isNotEmpty()
                .allSatisfy(figure -> assertThat(benchmarks).contains(figure));
    }
}
