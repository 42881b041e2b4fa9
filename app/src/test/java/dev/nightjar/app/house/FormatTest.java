package dev.nightjar.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import com.palantir.javaformat.java.Formatter;
import com.palantir.javaformat.java.FormatterException;
import com.palantir.javaformat.java.JavaFormatterOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every source is as palantir-java-format leaves it. {@code ./format} runs this test with {@code -Dnightjar.format=apply},
 * which rewrites what differs instead of failing.
 */
final class FormatTest {
    private final Formatter formatter = Formatter.createFormatter(JavaFormatterOptions.builder()
            .style(JavaFormatterOptions.Style.PALANTIR)
            .build());
    private final boolean apply = "apply".equals(System.getProperty("nightjar.format"));

    @Test
    void sourcesAreFormatted() throws IOException, FormatterException {
        List<Path> different = new ArrayList<>();
        for (Path file : Sources.java()) {
            String source = Files.readString(file);
            String formatted = formatter.formatSourceAndFixImports(source);
            if (formatted.equals(source)) {
                continue;
            }
            if (apply) {
                Files.writeString(file, formatted);
            } else {
                different.add(Sources.ROOT.relativize(file));
            }
        }
        assertThat(different).as("not formatted; run ./format").isEmpty();
    }
}
