package dev.nightjar.app.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.Cli;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code changes} with a cursor that is kept between two calls. */
final class ChangesTest {
    @TempDir
    Path temporary;

    private Path place = Path.of("/");
    private Cli cli = new Cli(place);

    @BeforeEach
    void aSource() throws IOException {
        place = temporary.toRealPath();
        cli = new Cli(place);
        Files.createDirectory(place.resolve("src"));
        Files.writeString(place.resolve("src/one"), "1");
    }

    private Cli.Outcome changes(String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "changes";
        arguments[1] = "src";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return cli.run(arguments);
    }

    @Test
    void aCursorFileKeepsThePlace() throws IOException { // C7
        assertThat(changes("--cursor-file", "kept").out()).contains("src/one");
        assertThat(changes("--cursor-file", "kept").out()).isEmpty();
        Files.writeString(place.resolve("src/two"), "2");
        assertThat(changes("--cursor-file", "kept", "--null").out())
                .isEqualTo(place.resolve("src") + "\0" + place.resolve("src/two") + "\0");
        assertThat(changes("--cursor-file", "kept").out()).isEmpty();
        assertThat(place.resolve("kept")).content().matches("nj1:[0-9a-f:]+\n");
    }

    @Test
    void aCursorMovesOnlyWhenTheCommandSucceeds() throws IOException { // C7
        for (String[] keeper : new String[][] {{"--cursor-file", "kept"}, {"--cursor", "name"}}) {
            assertThat(changes(keeper[0], keeper[1], "--exec", "false").code()).isEqualTo(1);
            assertThat(changes(keeper[0], keeper[1], "--exec", "cat >told").code())
                    .isZero();
            assertThat(place.resolve("told")).content().contains("src/one");
            Files.delete(place.resolve("told"));
            assertThat(changes(keeper[0], keeper[1], "--exec", "cat >told").code())
                    .isZero();
            assertThat(place.resolve("told")).doesNotExist();
        }
    }

    /** Days from now. */
    private void day(int days) {
        cli.at(InstantSource.offset(InstantSource.system(), Duration.ofDays(days)));
    }

    @Test
    void aNameThatWasNotUsedForLongIsToldThatItMissedSomething() throws IOException { // C5
        Files.writeString(place.resolve("src/two"), "2");
        String shown = changes("--cursor", "rare", "--show-cursor").out().strip();
        String rare = shown.substring(shown.lastIndexOf("nj1:"));
        changes("--cursor", "other");
        Files.delete(place.resolve("src/two"));
        assertThat(changes("--cursor", "other").out()).contains("- " + place.resolve("src/two"));
        day(2);
        assertThat(changes("--cursor", "other").out()).isEmpty();
        day(31);
        assertThat(changes("--after-cursor", rare).out()).contains("- " + place.resolve("src/two"));
        day(33);
        assertThat(changes("--cursor", "rare").out())
                .isEqualTo("! gap: everything (the cursor is too old): look at everything below\n");
        assertThat(changes("--after-cursor", rare).out()).contains("the cursor is too old");
        assertThat(changes("--cursor", "rare").out()).isEmpty();
        assertThat(changes("--cursor", "other").out()).isEmpty();
    }

    @Test
    void whatContradictsOrIsNoCursorIsRefused() throws IOException {
        Cli.Outcome both = changes("--cursor-file", "kept", "--cursor", "name");
        assertThat(both.code()).isEqualTo(2);
        assertThat(both.err()).contains("contradict each other").contains("Do:  --cursor NAME");
        assertThat(changes("--exec", "cat").code()).isEqualTo(2);

        Files.writeString(place.resolve("kept"), "yesterday");
        Cli.Outcome damaged = changes("--cursor-file", "kept");
        assertThat(damaged.code()).isEqualTo(2);
        assertThat(damaged.err())
                .contains(place.resolve("kept") + " does not hold a cursor")
                .contains("Do:  rm ");
        assertThat(place.resolve("kept")).hasContent("yesterday");
    }
}
