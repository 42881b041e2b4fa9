package dev.nightjar.app.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Rules about source files that a compiler does not know. */
final class SourcesTest {
    private static final Pattern UNWANTED = Pattern.compile("Thread\\.sleep\\(|@Disabled|printStackTrace|TO" + "DO|FIX"
            + "ME|org\\.mockito|catch \\(Throwable \\w+\\) *\\{ *\\}");

    @Test
    void everyPackageSaysWhatItIs() throws IOException {
        TreeSet<Path> silent = new TreeSet<>();
        for (Path file : Sources.java()) {
            Path about = file.resolveSibling("package-info.java");
            if (Sources.isProgram(file)
                    && !(Files.exists(about) && Files.readString(about).contains("@NullMarked"))) {
                silent.add(Sources.ROOT.relativize(file.resolveSibling("")));
            }
        }
        assertThat(silent)
                .as("packages without a package-info.java that is @NullMarked")
                .isEmpty();
    }

    @Test
    void noFileIsTwoThings() throws IOException {
        List<String> long_ = new ArrayList<>();
        for (Path file : Sources.java()) {
            try (var lines = Files.lines(file)) {
                long count = lines.count();
                if (count > 500) {
                    long_.add(Sources.ROOT.relativize(file) + ": " + count + " lines");
                }
            }
        }
        assertThat(long_).as("files over 500 lines").isEmpty();
    }

    @Test
    void nothingSleepsOrIsSilent() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : Sources.java()) {
            int number = 0;
            for (String line : Files.readAllLines(file)) {
                number++;
                if (UNWANTED.matcher(line).find() && !file.endsWith("SourcesTest.java")) {
                    found.add(Sources.ROOT.relativize(file) + ":" + number + ": " + line.strip());
                }
            }
        }
        assertThat(found).isEmpty();
    }
}
