package dev.nightjar.app.newcomer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the launcher says when it cannot start the program: what, why, and the line that mends it. */
final class LauncherTest {
    @TempDir
    Path place;

    private Path tools = Path.of("");

    @BeforeEach
    void onlyTheToolsOfAnyLinux() throws IOException {
        tools = Files.createDirectory(place.resolve("tools"));
        for (String tool : List.of(
                "readlink", "dirname", "uname", "find", "mkdir", "stat", "flock", "date", "apt-get", "apt-cache")) {
            pass(tool);
        }
    }

    @Test
    void aKernelThatIsTooOld() throws IOException, InterruptedException {
        replace("uname", "echo 5.10.0-30-amd64");
        Clone.Outcome outcome = launch();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("Linux 5.10.0-30-amd64 is too old")
                .contains("5.17 or newer")
                .contains("Do:  ");
    }

    @Test
    void noMaven() throws IOException, InterruptedException {
        Clone.Outcome outcome = launch();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output()).contains("Maven was not found").containsPattern("Do:  sudo .*install .*maven");
    }

    @Test
    void aBuildThatFailsShowsWhy() throws IOException, InterruptedException {
        for (String tool : List.of("cat", "grep", "head", "sed", "rm", "mv")) {
            pass(tool);
        }
        replace("mvn", "echo '[INFO] Building Nightjar: linux [2/6]'; echo '[ERROR] no such library'; exit 1");
        Clone.Outcome outcome = launch();
        assertThat(outcome.exit()).isEqualTo(1);
        assertThat(outcome.output())
                .contains("building the program")
                .contains("Nightjar: linux")
                .contains("[ERROR] no such library")
                .contains("the build failed")
                .contains(".build/build.log");
    }

    private void pass(String tool) throws IOException {
        replace(tool, "exec /usr/bin/" + tool + " \"$@\"");
    }

    private void replace(String tool, String script) throws IOException {
        Path file = tools.resolve(tool);
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Runs the launcher through a symlink, in a clone that was never built. */
    private Clone.Outcome launch() throws IOException, InterruptedException {
        Clone clone = Clone.make(Files.createDirectory(place.resolve("home")));
        Path link =
                Files.createSymbolicLink(place.resolve("nj"), clone.directory().resolve("nightjar"));
        return Clone.run("PATH=" + tools + " " + link + " version", Map.of());
    }
}
