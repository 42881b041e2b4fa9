package dev.nightjar.app.job;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nightjar.app.output.RawText;
import dev.nightjar.linux.BytePath;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class StateDirectoryTest {
    @TempDir
    Path place;

    @Test
    void isWhereItIsSaidToBe() {
        Path cwd = Path.of("/work");
        assertThat(locate(null, Map.of("HOME", "/home/me"), cwd, false)).isEqualTo("/home/me/.local/state/nightjar");
        assertThat(locate(null, Map.of("XDG_STATE_HOME", "/s"), cwd, false)).isEqualTo("/s/nightjar");
        assertThat(locate(null, Map.of("XDG_STATE_HOME", "/s"), cwd, true)).isEqualTo("/var/lib/nightjar");
        assertThat(locate(null, Map.of("NIGHTJAR_STATE", "x"), cwd, true)).isEqualTo("/work/x");
        assertThat(locate("/y", Map.of("NIGHTJAR_STATE", "x"), cwd, true)).isEqualTo("/y");
    }

    private static String locate(
            @org.jspecify.annotations.Nullable String flag, Map<String, String> environment, Path cwd, boolean root) {
        return StateDirectory.locate(flag, environment, cwd, root).path().toString();
    }

    @Test
    void aJobIsItsRootsWhateverTheirOrder() {
        StateDirectory state = new StateDirectory(place);
        BytePath a = BytePath.of("/a");
        BytePath b = BytePath.of("/b");
        assertThat(state.job(List.of(a, b)).path()).isEqualTo(state.job(List.of(b, a)).path());
        assertThat(state.job(List.of(a)).path()).isNotEqualTo(state.job(List.of(BytePath.of("/ab"))).path());
    }

    @Test
    void remembersJobsForTheirOwnerOnly() throws IOException {
        StateDirectory state = new StateDirectory(place.resolve("state"));
        BytePath odd = BytePath.of(RawText.decode(new byte[] {'/', 'x', (byte) 0xff}));
        JobSelection selection = new JobSelection(List.of("*.o", "x\udcff"), List.of("/f"), true, false);
        Job job = Job.of(List.of(odd, BytePath.of("/a")), selection)
                .withRepository("/r", "ab12")
                .withPassword(PasswordSource.STORED)
                .withCadence(Duration.ofMillis(1500))
                .withLabels(List.of("t"), "h");
        JobDirectory directory = state.job(job.roots());
        directory.save(job);
        directory.savePassword(new byte[] {'p'});

        assertThat(directory.load()).contains(job);
        assertThat(state.jobs()).extracting(StateDirectory.Known::job).containsExactly(job);
        assertThat(state.remembered("/r")).contains("ab12");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.passwordFile())))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.path())))
                .isEqualTo("rwx------");
    }

    @Test
    void aPathBelowARootIsCovered() {
        Job job = Job.of(List.of(BytePath.of("/a/b")), JobSelection.DEFAULT);
        assertThat(job.covers(BytePath.of("/a/b/c"))).isTrue();
        assertThat(job.covers(BytePath.of("/a/bc"))).isFalse();
        assertThat(job.name()).isEqualTo("b");
    }

    @Test
    void knowsAnEmptyMountPoint() {
        MountTable table = new MountTable(
                List.of("# x", "UUID=1 / ext4 defaults 0 1", "nas:/x /mnt/my\\040nas nfs noauto 0 0"),
                List.of("22 1 8:1 / / rw - ext4 /dev/sda1 rw"));
        assertThat(table.unmounted(Path.of("/mnt/my nas/docs"))).contains(Path.of("/mnt/my nas"));
        assertThat(table.unmounted(Path.of("/mnt/other"))).isEmpty();
    }
}
